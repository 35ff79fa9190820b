// Runs oracle files family by family and collects what passed, what failed and what is not offered.
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { type OracleCase, type OracleFile, type OracleOptions, type OracleOutcome, severity } from './oracle-case.ts'
import type { StrayFile } from './read-files.ts'
import { type OracleFamily, isNotOffered, variantOf } from './registry.ts'
import { runCase } from './run-case.ts'
import { runOnThreads } from './worker-pool.ts'

/** A case that was run, with its judgement. */
export interface JudgedCase {
  readonly id: string
  readonly outcome: OracleOutcome
}

/** What became of one family's cases; cases = passed + failed + notOffered. */
export interface FamilyReport {
  readonly family: string
  readonly cases: number
  readonly passed: number
  readonly failed: number
  readonly notOffered: number
  /** Variants that are not offered yet, with the number of their cases. */
  readonly notOfferedVariants: ReadonlyMap<string, number>
  /** The case that came closest to its tolerance, or missed it most; undefined when none was run. */
  readonly worst: JudgedCase | undefined
  readonly failures: readonly JudgedCase[]
  /** Wall clock time in seconds. */
  readonly seconds: number
}

interface CaseOfFile {
  readonly testCase: OracleCase
  readonly file: OracleFile
}

/** Runs the cases of one family whose id contains `idPart`; undefined when there is none. */
export async function runFamily(
  family: OracleFamily,
  files: readonly OracleFile[],
  options: OracleOptions,
  idPart: string,
): Promise<FamilyReport | undefined> {
  const started = performance.now()
  const all = files
    .filter((file) => file.family === family.family)
    .flatMap((file) => file.cases.map((testCase) => ({ testCase, file })))
    .filter(({ testCase }) => testCase.id.includes(idPart))
  if (all.length === 0) return undefined
  const notOffered = all.filter(({ testCase }) => isNotOffered(family, testCase))
  const offered = all.filter(({ testCase }) => !isNotOffered(family, testCase))
  const outcomes = await judge(family, offered, options)
  const judged = offered.map(({ testCase }, i) => ({ id: testCase.id, outcome: outcomes[i] }))
  return {
    ...summed(family.family, judged.filter(isJudged)),
    cases: all.length,
    notOffered: notOffered.length,
    notOfferedVariants: countVariants(family, notOffered),
    seconds: (performance.now() - started) / 1000,
  }
}

/** Files that could not be run, as a family of their own in which each file is one failed case. */
export function strayReport(strays: readonly StrayFile[]): FamilyReport | undefined {
  if (strays.length === 0) return undefined
  const judged = strays.map(({ path, reason }) => ({
    id: path,
    outcome: { pass: false, error: Infinity, tolerance: 0, expected: 'a file of a known family', got: reason },
  }))
  const none = { notOffered: 0, notOfferedVariants: new Map<string, number>(), seconds: 0 }
  return { ...summed('unknown', judged), cases: strays.length, ...none }
}

function judge(family: OracleFamily, cases: readonly CaseOfFile[], options: OracleOptions): Promise<OracleOutcome[]> {
  if (!family.onThreads) return inTurn(family, cases, options)
  // A message carries one case; sending a whole file with each would copy every case once per case.
  const requests = cases.map(({ testCase, file }) => ({ testCase, file: { ...file, cases: [] }, options }))
  return runOnThreads(requests, availableParallelism())
}

async function inTurn(
  family: OracleFamily,
  cases: readonly CaseOfFile[],
  options: OracleOptions,
): Promise<OracleOutcome[]> {
  const outcomes: OracleOutcome[] = []
  for (const { testCase, file } of cases) outcomes.push(await runCase(family, testCase, file, options))
  return outcomes
}

function isJudged(entry: { readonly id: string; readonly outcome: OracleOutcome | undefined }): entry is JudgedCase {
  return entry.outcome !== undefined
}

function summed(family: string, judged: readonly JudgedCase[]) {
  const failures = judged.filter(({ outcome }) => !outcome.pass)
  let worst: JudgedCase | undefined
  for (const entry of judged) {
    if (worst === undefined || severity(entry.outcome) > severity(worst.outcome)) worst = entry
  }
  return { family, passed: judged.length - failures.length, failed: failures.length, worst, failures }
}

function countVariants(family: OracleFamily, cases: readonly CaseOfFile[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { testCase } of cases) {
    const variant = variantOf(family, testCase)
    counts.set(variant, (counts.get(variant) ?? 0) + 1)
  }
  return counts
}
