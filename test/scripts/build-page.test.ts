// The page is built when its sources changed, and never half.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryTree } from '../support/temporary-tree.ts'

const builder = readFileSync(fileURLToPath(new URL('../../scripts/build-page.mjs', import.meta.url)), 'utf8')

/** Stands in for vite: what it builds is the text of the page's program, unless that is broken. */
const fakeVite = `
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
const folder = process.argv[process.argv.indexOf('--outDir') + 1]
const source = readFileSync('renderer/main.tsx', 'utf8')
console.log('vite talks')
mkdirSync(folder, { recursive: true })
writeFileSync(folder + '/index.html', source)
if (source === 'broken') process.exit(3)
`

function checkout() {
  const root = temporaryTree({
    'scripts/build-page.mjs': builder,
    'node_modules/vite/package.json': '{ "type": "module" }',
    'node_modules/vite/bin/vite.js': fakeVite,
    'renderer/main.tsx': 'first',
    'renderer/deep/view.tsx': '',
    'sim-core/run.ts': '',
    'host/contract/host-api.ts': '',
    'vite.config.ts': '',
    'package-lock.json': '{}',
  })
  const build = () => spawnSync(process.execPath, [join(root, 'scripts/build-page.mjs')], { encoding: 'utf8' })
  const page = (): string => readFileSync(join(root, 'dist/renderer/index.html'), 'utf8')
  return { root, build, page }
}

test('it is built once, with nothing on stdout', () => {
  const { root, build, page } = checkout()
  const first = build()
  expect(first).toMatchObject({ status: 0, stdout: '' })
  expect(first.stderr).toContain('building the page')
  expect(page()).toBe('first')
  expect(build()).toMatchObject({ status: 0, stdout: '', stderr: '' })
  expect(readdirSync(join(root, '.tmp'))).toEqual([])
})

test.each([
  'renderer/deep/view.tsx',
  'sim-core/run.ts',
  'host/contract/host-api.ts',
  'vite.config.ts',
  'package-lock.json',
  'renderer/new.tsx',
])('it is built again when %s changed', (path) => {
  const { root, build } = checkout()
  build()
  writeFileSync(join(root, path), '// changed')
  expect(build().stderr).toContain('building the page')
  expect(build().stderr).toBe('')
})

test('a build that fails leaves the page as it was, and is tried again', () => {
  const { root, build, page } = checkout()
  build()
  writeFileSync(join(root, 'renderer/main.tsx'), 'broken')
  expect(build().status).toBe(3)
  expect(page()).toBe('first')
  expect(readdirSync(join(root, '.tmp'))).toEqual([])
  expect(build().status).toBe(3)
  writeFileSync(join(root, 'renderer/main.tsx'), 'mended')
  expect(build().status).toBe(0)
  expect(page()).toBe('mended')
  expect(existsSync(join(root, 'dist/renderer/sources.sha256'))).toBe(true)
})
