// A worker thread that runs oracle cases one at a time, as the pool sends them.
import { parentPort } from 'node:worker_threads'
import { type OracleCase, type OracleFile, type OracleOptions, failure } from './oracle-case.ts'
import { ORACLE_FAMILIES } from './registry.ts'
import { runCase } from './run-case.ts'

/** What the pool sends for each case; the answer is its OracleOutcome. */
export interface CaseRequest {
  readonly testCase: OracleCase
  /** The case's file without its other cases. */
  readonly file: OracleFile
  readonly options: OracleOptions
}

parentPort?.on('message', ({ testCase, file, options }: CaseRequest) => {
  const family = ORACLE_FAMILIES.find((candidate) => candidate.family === file.family)
  const outcome =
    family === undefined
      ? Promise.resolve(failure('a registered family', file.family))
      : runCase(family, testCase, file, options)
  void outcome.then((answer) => parentPort?.postMessage(answer))
})
