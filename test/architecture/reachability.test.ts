// Every product file is used by one of the doors, the oracle runner, a benchmark or the generator of documents, and the check notices when one is not.
import { expect, test } from 'vitest'
import { projectRoot } from './project.ts'
import { checkReachability } from './reachability-check.ts'
import { parseSource, readSourceTree } from './source-tree.ts'

test('no product file is dead', () => {
  const entries = [
    'host/cli/main.ts',
    'host/desktop/host-process.ts',
    'host/workers/sim.worker.ts',
    'host/workers/curve.worker.ts',
    'electron/main/main.ts',
    'electron/preload/preload.ts',
    'renderer/main.tsx',
    'test/oracle/main.ts',
    'test/bench/main.ts',
    'scripts/generate.ts',
  ]
  expect(checkReachability(readSourceTree(projectRoot), entries)).toEqual([])
})

test('a dead file is found, and so is one that only a dead file uses', () => {
  const files = [
    parseSource('host/cli/main.ts', `import { a } from '../runs/a.ts'\na()`),
    parseSource('host/runs/a.ts', `export const a = () => new URL('../workers/w.worker.ts', import.meta.url)`),
    parseSource('host/workers/w.worker.ts', `export type { K } from '../../sim-core/kernel/k.ts'`),
    parseSource('sim-core/kernel/k.ts', `export type K = number`),
    parseSource('sim-core/kernel/dead.ts', `export { deader } from './deader.ts'`),
    parseSource('sim-core/kernel/deader.ts', `export const deader = 1`),
    parseSource('test/dead.test.ts', `import { deader } from '../sim-core/kernel/dead.ts'\ndeader`),
  ]
  const found = checkReachability(files, ['host/cli/main.ts', 'host/gone.ts'])
  expect(found.map(({ path }) => path)).toEqual([
    'host/gone.ts',
    'sim-core/kernel/dead.ts',
    'sim-core/kernel/deader.ts',
  ])
})
