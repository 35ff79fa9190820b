// The simulator uses no language feature that would end its determinism, and the check notices when it does.
import { expect, test } from 'vitest'
import { projectRoot } from './project.ts'
import { checkPurity } from './purity-check.ts'
import { parseSource, readSourceTree } from './source-tree.ts'

/** Far below what there is; a check that reads nothing must not pass. */
const FILES_AT_LEAST = 25

test('sim-core is pure', () => {
  const files = readSourceTree(projectRoot).filter((file) => file.path.startsWith('sim-core/'))
  expect(files.length).toBeGreaterThan(FILES_AT_LEAST)
  expect(checkPurity(files)).toEqual([])
})

test.each([
  ['for (const key in record) visit(key)', 'for...in'],
  ['export async function f() {}', 'an async function'],
  ['const f = async () => 1', 'an async function'],
  ['export class A { async f() {} }', 'an async function'],
  ['export {}; for await (const x of xs) visit(x)', 'for await'],
  ['const m = import("./m.ts")', 'import()'],
  ['export const y = x ** 0.5', 'the operator **'],
  ['x **= 2', 'the operator **'],
  ['const { log } = Math', 'an alias of Math'],
])('%s is found', (source, detail) => {
  expect(checkPurity([parseSource('sim-core/kernel/a.ts', source)]).map((one) => one.detail)).toContain(detail)
})

test.each([
  'export const LIMIT = 2 ** 53',
  'const megabyte = BYTES_PER_KB ** 2',
  'for (const x of xs) visit(x)',
  'const y = Math.sqrt(x)',
])('%s is fine', (source) => {
  expect(checkPurity([parseSource('sim-core/kernel/a.ts', source)])).toEqual([])
})

test('analysis may use powers, and other rooms everything', () => {
  expect(checkPurity([parseSource('sim-core/analysis/a.ts', 'export const y = x ** 2')])).toEqual([])
  expect(checkPurity([parseSource('host/runs/a.ts', 'export async function f() {}')])).toEqual([])
})
