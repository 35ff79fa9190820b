// Runs a case to its fingerprint with nothing but the core: what Node and a browser must agree on.
import { compile } from '../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import { createRun } from '../../sim-core/run.ts'

/** A scenario and how it is shortened. Files by path, bases of `extends` included. */
export interface FingerprintTask {
  readonly file: string
  readonly files: Readonly<Record<string, string>>
  readonly overrides: readonly string[]
  readonly seed: number
  readonly eventsPerStep: number
}

/** The fingerprint of replication 0. Throws with every problem of a scenario that has one. */
export function fingerprintOf({ file, files, overrides, seed, eventsPerStep }: FingerprintTask): string {
  const loadBase = (path: string) => {
    const text = files[path]
    return text === undefined ? { problem: 'it is not among the files of the test' } : { text }
  }
  const { scenario, problems } = parseScenario(files[file] ?? '', file, { overrides, loadBase })
  if (scenario === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  const run = createRun(compile(scenario), seed, 0)
  while (run.step(eventsPerStep));
  return run.finish().fingerprint
}
