// Runs one oracle case with its adapter; whatever an adapter throws is a failed case, never the end of the run.
import { type OracleCase, type OracleFile, type OracleOptions, type OracleOutcome, failure } from './oracle-case.ts'
import { type OracleFamily, adapterFor, variantOf } from './registry.ts'

/** Judges one case; a case without adapter fails by the name of its variant. */
export async function runCase(
  family: OracleFamily,
  testCase: OracleCase,
  file: OracleFile,
  options: OracleOptions,
): Promise<OracleOutcome> {
  const adapter = adapterFor(family, testCase)
  if (adapter === undefined) return failure('an adapter', `none for ${family.family} ${variantOf(family, testCase)}`)
  try {
    return await adapter(testCase, file, options)
  } catch (error) {
    return failure('an answer', error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}
