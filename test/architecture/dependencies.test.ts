// Every file imports only what the dependency table allows, and the check notices when one does not.
import { describe, expect, test } from 'vitest'
import { temporaryTree } from '../support/temporary-tree.ts'
import { checkDependencies } from './dependency-check.ts'
import { productLibraries, projectRoot } from './project.ts'
import { readSourceTree } from './source-tree.ts'

/** Far below what there is; a check that reads nothing must not pass. */
const FILES_AT_LEAST = 60

test('the project keeps to the table', () => {
  const files = readSourceTree(projectRoot)
  expect(files.length).toBeGreaterThan(FILES_AT_LEAST)
  expect(files.flatMap((file) => file.references).length).toBeGreaterThan(2 * FILES_AT_LEAST)
  expect(checkDependencies(files, productLibraries())).toEqual([])
})

/** Checks a tree of one importing file, and of the file it leads to. */
function check(path: string, source: string, target: string): string[] {
  const root = temporaryTree({ [path]: source, [target]: 'export const x = 1\nexport type X = number\n' })
  return checkDependencies(readSourceTree(root), new Set(['zod', 'commander'])).map(({ detail }) => detail)
}

const K = 'sim-core/kernel/k.ts'

describe('a planted violation is found', () => {
  test.each([
    ['sim-core/kernel/a.ts', '../metrics/m.ts', 'sim-core/metrics/m.ts'],
    ['sim-core/kernel/a.ts', '../language/m.ts', 'sim-core/language/m.ts'],
    ['sim-core/hashing/a.ts', '../language/m.ts', 'sim-core/language/m.ts'],
    ['sim-core/language/a.ts', '../metrics/m.ts', 'sim-core/metrics/m.ts'],
    ['sim-core/distributions/a.ts', '../language/m.ts', 'sim-core/language/m.ts'],
    ['sim-core/distributions/a.ts', '../traffic/m.ts', 'sim-core/traffic/m.ts'],
    ['sim-core/metrics/a.ts', '../analysis/m.ts', 'sim-core/analysis/m.ts'],
    ['sim-core/metrics/a.ts', '../model/m.ts', 'sim-core/model/m.ts'],
    ['sim-core/model/a.ts', '../components/cache/m.ts', 'sim-core/components/cache/m.ts'],
    ['sim-core/traffic/a.ts', '../components/cache/m.ts', 'sim-core/components/cache/m.ts'],
    ['sim-core/components/cache/a.ts', '../balancer/m.ts', 'sim-core/components/balancer/m.ts'],
    ['sim-core/components/cdn/a.ts', '../cache/m.ts', 'sim-core/components/cache/m.ts'],
    ['sim-core/components/cache/eviction/a.ts', '../../balancer/m.ts', 'sim-core/components/balancer/m.ts'],
    ['sim-core/components/a.ts', './balancer/m.ts', 'sim-core/components/balancer/m.ts'],
    ['sim-core/components/cache/a.ts', '../../catalog.ts', 'sim-core/catalog.ts'],
    ['sim-core/catalog.ts', './scenario/m.ts', 'sim-core/scenario/m.ts'],
    ['sim-core/scenario/a.ts', '../run.ts', 'sim-core/run.ts'],
    ['sim-core/run.ts', './analysis/m.ts', 'sim-core/analysis/m.ts'],
    ['sim-core/analysis/a.ts', '../components/cache/m.ts', 'sim-core/components/cache/m.ts'],
    ['sim-core/kernel/a.ts', '../../host/runs/m.ts', 'host/runs/m.ts'],
    ['host/contract/a.ts', '../runs/m.ts', 'host/runs/m.ts'],
    ['host/workers/a.ts', '../runs/m.ts', 'host/runs/m.ts'],
    ['host/cli/a.ts', '../runs/m.ts', 'host/runs/m.ts'],
    ['host/cli/a.ts', '../../sim-core/run.ts', 'sim-core/run.ts'],
    ['host/runs/a.ts', '../cli/m.ts', 'host/cli/m.ts'],
    ['host/runs/a.ts', '../../test/support/m.ts', 'test/support/m.ts'],
    ['scripts/a.ts', '../test/support/m.ts', 'test/support/m.ts'],
  ])('%s imports %s', (path, specifier, target) => {
    expect(check(path, `import { x } from '${specifier}'\nx`, target)).toHaveLength(1)
  })

  test.each([
    ['a type import', `import type { X } from '../metrics/m.ts'`],
    ['an export from', `export { x } from '../metrics/m.ts'`],
    ['an export of all', `export * from '../metrics/m.ts'`],
    ['a dynamic import', `const m = import('../metrics/m.ts')`],
    ['a type of an import', `type T = import('../metrics/m.ts').X`],
    ['the address of a worker', `new URL('../metrics/m.ts', import.meta.url)`],
  ])('in the form of %s', (_, source) => {
    expect(check('sim-core/kernel/a.ts', source, 'sim-core/metrics/m.ts')).toHaveLength(1)
  })

  test.each([
    ['sim-core/kernel/a.ts', `import fs from 'node:fs'`],
    ['sim-core/kernel/a.ts', `import fs from 'fs'`],
    ['sim-core/metrics/a.ts', `import { z } from 'zod'`],
    ['sim-core/language/a.ts', `import { parse } from 'yaml'`],
    ['sim-core/components/cache/a.ts', `import { z } from 'zod'`],
    ['host/contract/a.ts', `import { z } from 'zod'`],
    ['host/cli/a.ts', `import fc from 'fast-check'`],
    ['host/contract/a.ts', `import { x } from '../../sim-core/kernel/k.ts'`],
    ['host/contract/a.ts', `import { x } from '../../sim-core/kernel/missing.ts'`],
    ['sim-core/utils/a.ts', `export const y = 1`],
  ])('%s: %s', (path, source) => {
    expect(check(path, source, K)).toHaveLength(1)
  })
})

test.each([
  ['sim-core/components/cache/eviction/a.ts', '../fields.ts', 'sim-core/components/cache/fields.ts'],
  ['sim-core/components/cache/a.ts', '../component.ts', 'sim-core/components/component.ts'],
  ['sim-core/scenario/a.ts', '../catalog.ts', 'sim-core/catalog.ts'],
  ['host/cli/a.ts', '../create-host.ts', 'host/create-host.ts'],
  ['test/unit/a.ts', '../../sim-core/kernel/k.ts', K],
])('what the table allows passes: %s imports %s', (path, specifier, target) => {
  expect(check(path, `import { x } from '${specifier}'\nx`, target)).toEqual([])
})

test('types may cross where values may not', () => {
  expect(check('sim-core/components/cache/a.ts', `import type { ZodType } from 'zod'`, K)).toEqual([])
  expect(check('host/contract/a.ts', `import { type X } from '../../sim-core/kernel/k.ts'`, K)).toEqual([])
})

test('what is common to the kinds of components may be imported by all of them', () => {
  const source = `import { x } from '../cache/eviction/m.ts'\nx`
  expect(check('sim-core/components/cdn/a.ts', source, 'sim-core/components/cache/eviction/m.ts')).toEqual([])
})

test('a file that does not parse stops the check', () => {
  const root = temporaryTree({ [K]: 'export const = 1' })
  expect(() => readSourceTree(root)).toThrow(K)
})
