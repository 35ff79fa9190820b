// The linter's configuration catches what it is there for: a planted violation for every rule that we chose ourselves.
import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryTree } from '../support/temporary-tree.ts'
import { rooms, type Room } from './dependency-table.ts'
import { projectRoot } from './project.ts'

interface Diagnostic {
  readonly code: string
  readonly filename: string
  readonly labels: readonly { readonly span: { readonly line: number } }[]
}

const configuration = [
  '.oxlintrc.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.sim-core.json',
  'tsconfig.contract.json',
  'tsconfig.host.json',
  'tsconfig.renderer.json',
  'tsconfig.electron.json',
  'tsconfig.test.json',
]

/** Runs the linter with the project's configuration over planted files. */
function lint(files: Readonly<Record<string, string>>): Diagnostic[] {
  const copies = configuration.map((name) => [name, readFileSync(join(projectRoot, name), 'utf8')])
  const root = temporaryTree({ ...Object.fromEntries(copies), ...files })
  symlinkSync(join(projectRoot, 'node_modules'), join(root, 'node_modules'))
  const oxlint = join(projectRoot, 'node_modules', '.bin', 'oxlint')
  const { stdout } = spawnSync(oxlint, ['--format=json'], { cwd: root, encoding: 'utf8' })
  return (JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics.slice()
}

/** The rules that complain about a file, as `plugin(rule)`. */
function rulesAgainst(diagnostics: readonly Diagnostic[], path: string): string[] {
  return diagnostics.filter((one) => one.filename.endsWith(path)).map((one) => one.code)
}

const repeat = (line: string, times: number): string => `${line}\n`.repeat(times)
const inFunction = (body: string): string => `export function f(x: number): number {\n${body}\nreturn x\n}\n`

const planted: readonly (readonly [rule: string, path: string, source: string])[] = [
  ['typescript(no-explicit-any)', 'host/runs/any.ts', 'export const a: any = 1\n'],
  [
    'typescript(no-floating-promises)',
    'host/runs/floating.ts',
    'export function f(p: Promise<void>): void {\n  p\n}\n',
  ],
  ['typescript(no-misused-promises)', 'host/runs/misused.ts', 'export const f = (p: Promise<void>) => (p ? 1 : 2)\n'],
  ['typescript(only-throw-error)', 'host/runs/throw.ts', "export const f = () => {\n  throw 'no'\n}\n"],
  [
    'typescript(switch-exhaustiveness-check)',
    'sim-core/metrics/switch.ts',
    "export function f(k: 'a' | 'b'): void {\n  switch (k) {\n    case 'a':\n  }\n}\n",
  ],
  ['eslint(eqeqeq)', 'host/runs/equal.ts', 'export const f = (x: number): boolean => x == 1\n'],
  ['import(no-default-export)', 'host/runs/default.ts', 'export default 1\n'],
  ['import(no-cycle)', 'host/runs/cycle.ts', "import { b } from './cycle-b.ts'\nexport const a = (): number => b()\n"],
  ['unicorn(filename-case)', 'host/runs/camelCase.ts', 'export const a = 1\n'],
  ['eslint(max-lines)', 'sim-core/metrics/long.ts', repeat('// line', 401)],
  ['eslint(max-lines)', 'test/sim-core/long.test.ts', repeat('// line', 401)],
  ['eslint(max-lines-per-function)', 'sim-core/metrics/long-function.ts', inFunction(repeat('x += 1', 70))],
  ['eslint(complexity)', 'sim-core/metrics/complex.ts', inFunction(repeat('if (x > 1) x -= 1', 15))],
  ['eslint(max-depth)', 'sim-core/metrics/deep.ts', inFunction('if (x) { if (x) { if (x) { if (x) { x += 1 } } } }')],
  ['eslint(no-restricted-properties)', 'sim-core/traffic/random.ts', 'export const a = Math.random()\n'],
  ['eslint(no-restricted-properties)', 'sim-core/analysis/random.ts', 'export const a = Math.random()\n'],
  [
    'eslint(no-restricted-properties)',
    'sim-core/traffic/log.ts',
    'export const f = (x: number): number => Math.log(x)\n',
  ],
  ['eslint(no-restricted-globals)', 'sim-core/run.ts', 'export const now = (): number => Date.now()\n'],
  ['eslint(no-restricted-globals)', 'sim-core/kernel/timer.ts', 'export const f = (): unknown => setTimeout\n'],
  [
    'eslint(no-restricted-globals)',
    'sim-core/kernel/promise.ts',
    'export const f = (): unknown => Promise.resolve()\n',
  ],
  ['eslint(no-console)', 'sim-core/kernel/console.ts', "export const f = (): void => console.log('x')\n"],
  ['vitest(expect-expect)', 'test/sim-core/empty.test.ts', "import { test } from 'vitest'\ntest('x', () => {})\n"],
  [
    'vitest(no-focused-tests)',
    'test/sim-core/only.test.ts',
    "import { test } from 'vitest'\ntest.only('x', () => {})\n",
  ],
]

const allowed: readonly (readonly [rule: string, path: string, source: string])[] = [
  [
    'eslint(no-restricted-properties)',
    'sim-core/analysis/log.ts',
    'export const f = (x: number): number => Math.log(x)\n',
  ],
  ['eslint(no-restricted-properties)', 'host/runs/log.ts', 'export const f = (x: number): number => Math.log(x)\n'],
  ['eslint(no-restricted-globals)', 'host/runs/clock.ts', 'export const now = (): number => Date.now()\n'],
  ['eslint(max-lines-per-function)', 'test/sim-core/long-function.ts', inFunction(repeat('x += 1', 70))],
]

test('every planted violation is found, and what is allowed is not', { timeout: 60_000 }, () => {
  const files = Object.fromEntries([...planted, ...allowed].map(([, path, source]) => [path, source]))
  const cycle = "import { a } from './cycle.ts'\nexport const b = (): number => a()\n"
  const found = lint({ ...files, 'host/runs/cycle-b.ts': cycle })
  for (const [rule, path] of planted) expect(rulesAgainst(found, path), path).toContain(rule)
  for (const [rule, path] of allowed) expect(rulesAgainst(found, path), path).not.toContain(rule)
})

const pathsOf = (list: readonly Room[]): string[] => list.map((room) => room.path)

/** A file of a room. */
const fileIn = (room: Room): string => (room.path.endsWith('.ts') ? room.path : `${room.path}/planted.ts`)

test('the linter forbids the same imports between rooms as the dependency table', { timeout: 60_000 }, () => {
  const linted = rooms.filter((room) => room.path !== 'test' && !room.path.endsWith('.config.ts'))
  const targetsOf = (from: Room): Room[] => rooms.filter((room) => room !== from && !room.path.endsWith('.config.ts'))
  const importOf = (from: Room, to: Room, index: number): string => {
    const specifier = posix.relative(posix.dirname(fileIn(from)), fileIn(to))
    return `import type { X as X${index} } from '${specifier.startsWith('.') ? specifier : `./${specifier}`}'\n`
  }
  const sourceOf = (from: Room): string =>
    targetsOf(from)
      .map((to, index) => importOf(from, to, index))
      .join('')
  const found = lint(Object.fromEntries(linted.map((from) => [fileIn(from), sourceOf(from)])))
  const forbidden = (from: Room, to: Room): boolean =>
    ![...from.mayImport, ...(from.mayImportTypes ?? [])].some(
      (path) => to.path === path || to.path.startsWith(`${path}/`),
    )
  for (const from of linted) {
    const lines = found
      .filter((one) => one.filename.endsWith(fileIn(from)) && one.code === 'eslint(no-restricted-imports)')
      .map((one) => one.labels[0]?.span.line)
    const seen = targetsOf(from).filter((_, index) => lines.includes(index + 1))
    const wanted = targetsOf(from).filter((to) => forbidden(from, to))
    expect(pathsOf(seen), from.path).toEqual(pathsOf(wanted))
  }
})

test.each(['import', 'import type'])('%s: the linter forbids the same libraries as the dependency table', (form) => {
  const strict = rooms.filter((room) => room.libraries !== 'any')
  const libraries = ['zod', 'yaml', 'commander', '@scope/name', 'node:fs', 'zod/mini']
  const source = libraries.map((name, index) => `${form} { X as X${index} } from '${name}'\n`).join('')
  const found = lint(Object.fromEntries(strict.map((room) => [fileIn(room), source])))
  for (const room of strict) {
    const lines = found
      .filter((one) => one.filename.endsWith(fileIn(room)) && one.code === 'eslint(no-restricted-imports)')
      .map((one) => one.labels[0]?.span.line)
    const accepted = libraries.filter((_, index) => !lines.includes(index + 1))
    const types = form === 'import type' ? (room.libraryTypes ?? []) : []
    expect(accepted, room.path).toEqual(
      libraries.filter((name) => room.libraries.includes(name) || types.includes(name)),
    )
  }
})
