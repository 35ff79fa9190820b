// The desktop application packs without Electron's binary: an empty folder stands in for it, everything else is real.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { extractAll, listPackage } from '@electron/asar'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { projectRoot } from '../architecture/project.ts'

/** Most bytes of everything that is ours and of the database, without the page's own budget: see the bundle test. */
const ARCHIVE_BYTES_MAX = 12 * 1024 * 1024

const scratch = mkdtempSync(join(tmpdir(), 'headroom-package-'))
const resources = join(scratch, 'release', 'linux-unpacked', 'resources')
const tool = (name: string): string => join(projectRoot, 'node_modules', '.bin', name)

function run(name: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(tool(name), args, { cwd: projectRoot, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stdout}\n${stderr}`)
}

/** As much of Electron as packing looks at. */
function electronStandIn(): string {
  const folder = join(scratch, 'electron')
  mkdirSync(join(folder, 'resources'), { recursive: true })
  copyFileSync('/bin/true', join(folder, 'electron'))
  chmodSync(join(folder, 'electron'), 0o755)
  for (const name of ['LICENSE', 'version']) writeFileSync(join(folder, name), '')
  return folder
}

beforeAll(() => {
  run('rolldown', '-c', 'rolldown.config.ts')
  if (!existsSync(join(projectRoot, 'dist', 'renderer', 'index.html'))) run('vite', 'build', '--logLevel', 'warn')
  const settings = parse(readFileSync(join(projectRoot, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>
  // Fuses are flipped in the binary itself, which is not here.
  const { electronFuses: _, ...rest } = settings
  const directories = { output: join(scratch, 'release'), buildResources: join(projectRoot, 'electron', 'icons') }
  const config = join(scratch, 'builder.yml')
  writeFileSync(config, stringify({ ...rest, directories, electronDist: electronStandIn() }))
  run('electron-builder', '--linux', 'dir', '--config', config, '--projectDir', projectRoot, '--publish', 'never')
}, 180_000)

afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test('the archive holds the built program, the page, the scenarios and the database, and nothing else', () => {
  const files = listPackage(join(resources, 'app.asar'), { isPack: false })
  for (const file of ['/dist/electron/main.js', '/dist/electron/preload.cjs', '/dist/electron/host-process.js']) {
    expect(files).toContain(file)
  }
  expect(files).toContain('/dist/renderer/index.html')
  expect(files).toContain('/scenarios/black-friday.yaml')
  const packages = files.flatMap(
    (file) => /^\/node_modules\/(?<name>@[^/]+\/[^/]+|[^@/][^/]*)/u.exec(file)?.groups?.['name'] ?? [],
  )
  expect([...new Set(packages)]).toEqual(['better-sqlite3'])
  expect(files.filter((file) => /\.(?:ts|tsx|map)$/u.test(file))).toEqual([])
  expect(statSync(join(resources, 'app.asar')).size).toBeLessThan(ARCHIVE_BYTES_MAX)
})

test('native code and scenarios lie beside the archive, where the system can load them', () => {
  const unpacked = join(resources, 'app.asar.unpacked')
  expect(existsSync(join(unpacked, 'node_modules/better-sqlite3/prebuilds', `linux-${process.arch}.node`))).toBe(true)
  expect(existsSync(join(unpacked, 'node_modules/better-sqlite3/prebuilds', 'win32-x64.node'))).toBe(false)
  expect(existsSync(join(unpacked, 'scenarios/black-friday.yaml'))).toBe(true)
})

test('the preload is one file that asks for Electron alone', () => {
  const text = readFileSync(join(projectRoot, 'dist/electron/preload.cjs'), 'utf8')
  const asked = [...text.matchAll(/require\(['"](?<name>[^'"]+)['"]\)/gu)].map((match) => match.groups?.['name'])
  expect(asked).toEqual(['electron'])
})

test('the packed host runs a scenario', { timeout: 120_000 }, () => {
  const unpacked = join(scratch, 'app')
  extractAll(join(resources, 'app.asar'), unpacked)
  const driver = join(projectRoot, 'test', 'electron', 'packed-host.ts')
  const program = pathToFileURL(join(unpacked, 'dist', 'electron', 'host-process.js')).href
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', driver, program, join(scratch, 'data'), join(unpacked, 'scenarios')],
    { encoding: 'utf8', timeout: 100_000 },
  )
  expect(JSON.parse(stdout || '{}'), stderr).toMatchObject({ status: 'done', verdict: 'pass' })
})
