// The entry behind the npm scripts: installs when it must, stays out of the way of stdout, passes on codes and signals.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryTree } from '../support/temporary-tree.ts'

const devScript = readFileSync(fileURLToPath(new URL('../../scripts/dev.mjs', import.meta.url)), 'utf8')

/** Stands in for npm: notes its arguments, talks on stdout, and puts a `node` where the pinned one would be. */
const fakeNpm = `
const { appendFileSync, mkdirSync, symlinkSync, existsSync } = require('node:fs')
appendFileSync('npm-calls.txt', process.argv.slice(2).join(' ') + '\\n')
console.log('added 1 package')
if (existsSync('npm-fails')) process.exit(7)
mkdirSync('node_modules/.bin', { recursive: true })
if (!existsSync('node_modules/.bin/node')) symlinkSync(process.execPath, 'node_modules/.bin/node')
`

/** Stands in for the command line. */
const fakeCli = `
const [what, ...rest] = process.argv.slice(2)
if (what === 'exit') process.exit(Number(rest[0]))
else if (what === 'die') process.kill(process.pid, 'SIGKILL')
else if (what === 'wait') {
  process.on('SIGINT', () => { console.log('stopped cleanly'); process.exit(3) })
  setInterval(() => {}, 1000)
  console.log('ready')
} else console.log(JSON.stringify({ args: process.argv.slice(2), folder: process.cwd(), node: process.env.PATH }))
`

interface House {
  readonly root: string
  readonly env: NodeJS.ProcessEnv
}

function house(): House {
  const root = temporaryTree({
    'scripts/dev.mjs': devScript,
    'package-lock.json': '{}',
    'npm-cli.js': fakeNpm,
    'host/cli/main.ts': fakeCli,
    'somewhere/else/file.yaml': '',
  })
  const { INIT_CWD: _, ...env } = process.env
  return { root: realpathSync(root), env: { ...env, npm_execpath: join(root, 'npm-cli.js') } }
}

/** With a builder of the page. */
function started(builder = "console.log('page built')"): House {
  const home = house()
  writeFileSync(join(home.root, 'scripts/build-page.mjs'), builder)
  return home
}

/** With Electron, and the program that builds what it runs. */
function withElectron(home: House): House {
  const program = (name: string, text: string): void => {
    mkdirSync(dirname(join(home.root, name)), { recursive: true })
    writeFileSync(join(home.root, name), `#!/bin/sh\necho ${text}\n`, { mode: 0o755 })
  }
  program('node_modules/electron/dist/electron', 'electron "$@"')
  program('node_modules/.bin/rolldown', 'desktop built')
  writeFileSync(join(home.root, 'node_modules/electron/path.txt'), 'electron')
  return home
}

function dev({ root, env }: House, args: readonly string[], more: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  return spawnSync(process.execPath, [join(root, 'scripts/dev.mjs'), ...args], {
    cwd: more.cwd ?? root,
    env: { ...env, ...more.env },
    encoding: 'utf8',
  })
}

const npmCalls = ({ root }: House): string[] => readFileSync(join(root, 'npm-calls.txt'), 'utf8').trimEnd().split('\n')

test('installs in a fresh clone, once, with stdout left to the command', () => {
  const fresh = house()
  const first = dev(fresh, ['headroom', 'list'])
  expect(first.status).toBe(0)
  expect(JSON.parse(first.stdout)).toMatchObject({ args: ['list'] })
  expect(first.stderr).toContain('added 1 package')
  const second = dev(fresh, ['headroom', 'list'])
  expect(second.stderr).toBe('')
  expect(npmCalls(fresh)).toEqual([expect.stringMatching(/^ci --include=dev --include=optional /)])
})

test('installs again when the lockfile changed', () => {
  const old = house()
  dev(old, ['headroom', 'list'])
  writeFileSync(join(old.root, 'package-lock.json'), '{ "lockfileVersion": 3 }')
  dev(old, ['headroom', 'list'])
  expect(npmCalls(old)).toHaveLength(2)
})

test('a failed installation ends with its exit code, and is tried again', () => {
  const offline = house()
  writeFileSync(join(offline.root, 'npm-fails'), '')
  expect(dev(offline, ['headroom', 'list'])).toMatchObject({ status: 7, stdout: '' })
  expect(existsSync(join(offline.root, 'node_modules/.dev-stamp'))).toBe(false)
})

test('passes arguments on as they are, dashes, spaces and empty ones included', () => {
  const args = ['run', 'a b.yaml', '--json', '-', '--set', 'x=$HOME "y"', '']
  expect(JSON.parse(dev(house(), ['headroom', ...args]).stdout)).toMatchObject({ args })
})

test('start builds the page and serves it to the browser, with one line why, and with further arguments', () => {
  const { stdout, stderr } = dev(started(), ['start', '--port', '0'])
  expect(JSON.parse(stdout)).toMatchObject({ args: ['serve', '--open', '--port', '0'] })
  const lines = stderr.split('\n').filter((line) => !/^added|^\[dev\] installing|^$/u.test(line))
  expect(lines).toEqual([
    'page built',
    'No desktop window: Electron is not installed (npx install-electron fetches it). Serving to the browser instead.',
  ])
})

test('start opens the window when Electron is here and there is a screen', () => {
  const home = withElectron(started())
  const shown = dev(home, ['start', 'shop.yaml'], { env: { DISPLAY: ':7' } })
  expect(shown.stdout).toBe(`electron ${home.root} shop.yaml\n`)
  expect(shown.stderr).toContain('desktop built')
  expect(shown.stderr).not.toContain('No desktop window')
  const blind = dev(home, ['start'], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } })
  expect(blind.stderr).toContain('No desktop window: there is no screen.')
  expect(JSON.parse(blind.stdout)).toMatchObject({ args: ['serve', '--open'] })
  const asked = dev(home, ['start', '--data', 'x'], { env: { DISPLAY: ':7' } })
  expect(JSON.parse(asked.stdout)).toMatchObject({ args: ['serve', '--open', '--data', 'x'] })
})

test('start ends when the page cannot be built', () => {
  const { status, stdout } = dev(started('process.exit(4)'), ['start'])
  expect({ status, stdout }).toEqual({ status: 4, stdout: '' })
})

test('file arguments are relative to where the user is', () => {
  const home = house()
  const elsewhere = join(home.root, 'somewhere/else')
  const folderOf = (stdout: string): unknown => (JSON.parse(stdout) as { readonly folder: unknown }).folder
  expect(folderOf(dev(home, ['headroom', 'x'], { cwd: elsewhere }).stdout)).toBe(elsewhere)
  expect(folderOf(dev(home, ['headroom', 'x'], { env: { INIT_CWD: elsewhere } }).stdout)).toBe(elsewhere)
  expect(folderOf(dev(home, ['headroom', 'x']).stdout)).toBe(home.root)
  mkdirSync(join(home.root, 'deep'))
  const both = dev(home, ['headroom', 'x'], { cwd: join(home.root, 'deep'), env: { INIT_CWD: elsewhere } })
  expect(folderOf(both.stdout)).toBe(join(home.root, 'deep'))
})

test.each([0, 1, 2, 3, 6, 70])('passes on exit code %i', (code) => {
  expect(dev(house(), ['headroom', 'exit', String(code)]).status).toBe(code)
})

test('a command that a signal ended has its exit code beyond 128', () => {
  expect(dev(house(), ['headroom', 'die']).status).toBe(128 + 9)
})

test.each([[], ['nonsense'], ['constructor']])('explains its usage when asked for %j', (...args) => {
  const { status, stdout, stderr } = dev(house(), args)
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(/^usage: .*start\|headroom/)
})

test('an interrupt reaches the command, which ends in its own time and with its own code', async () => {
  const { root, env } = house()
  const child = spawn(process.execPath, [join(root, 'scripts/dev.mjs'), 'headroom', 'wait'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })))
  const output = await interruptWhenReady(child)
  expect(await ended).toEqual({ code: 3, signal: null })
  expect(output()).toBe('ready\nstopped cleanly\n')
})

/** Sends SIGINT once the command says that it is ready, and returns a view on all it printed. */
function interruptWhenReady(child: ChildProcess): Promise<() => string> {
  let printed = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed === 'ready\n') child.kill('SIGINT')
    })
    child.stdout?.on('end', () => resolve(() => printed))
  })
}
