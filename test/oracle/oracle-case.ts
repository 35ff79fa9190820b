// The shape of oracle files, cases and outcomes, and the comparisons adapters judge them with.

/** One case of an oracle file: `expected` is what the oracle answered, every other field is input. */
export interface OracleCase {
  readonly id: string
  readonly [field: string]: unknown
}

/** One oracle file as read from disk: `path` is absolute, other fields (tolerance, conventions, variants) are kept. */
export interface OracleFile {
  readonly family: string
  readonly path: string
  readonly cases: readonly OracleCase[]
  readonly [field: string]: unknown
}

/** The judgement of one case; `error` is its worst error, in the unit (relative or absolute) of `tolerance`. */
export interface OracleOutcome {
  readonly pass: boolean
  readonly error: number
  readonly tolerance: number
  readonly expected: string
  readonly got: string
}

/** How much work a stochastic case may spend: `quick` for every commit, `full` for the tolerance the vectors ask. */
export type OracleEffort = 'quick' | 'full'

/** What the runner tells every adapter. */
export interface OracleOptions {
  readonly effort: OracleEffort
}

/** Runs one case against our own algorithm and judges the answer. */
export type OracleAdapter = (
  testCase: OracleCase,
  file: OracleFile,
  options: OracleOptions,
) => OracleOutcome | Promise<OracleOutcome>

/** The adapters of one family, keyed by what tells its cases apart (kind, model, algorithm or policy). */
export type OracleAdapters = Readonly<Record<string, OracleAdapter>>

/** Longest text of a value in a failure message, in characters; longer values are cut where they first differ. */
const SHOWN_CHARACTERS = 400

/**
 * Demands equality: values are compared as JSON whose object keys are sorted, so key order never matters, array order does.
 */
export function exactly(expected: unknown, got: unknown): OracleOutcome {
  const expectedText = canonicalText(expected)
  const gotText = canonicalText(got)
  const pass = expectedText === gotText
  return { pass, error: pass ? 0 : 1, tolerance: 0, ...showDifference(expectedText, gotText) }
}

/**
 * Demands that every number in `got` is within `tolerance` of its counterpart in `expected`, relative to the expected
 * value (absolute where the expected value is 0). Both have one shape: a number, or nested arrays and objects of numbers.
 * A value that `expected` lists and `got` lacks, or that is no number, is an infinite error; extra values are ignored.
 */
export function relatively(expected: unknown, got: unknown, tolerance: number): OracleOutcome {
  return closely(expected, got, tolerance, relativeError)
}

/** As `relatively`, with the absolute difference as error. */
export function absolutely(expected: unknown, got: unknown, tolerance: number): OracleOutcome {
  return closely(expected, got, tolerance, (wanted, answer) => Math.abs(answer - wanted))
}

/** Joins partial judgements of one case: it passes if all pass; the part worst against its tolerance is reported. */
export function allOf(outcomes: readonly OracleOutcome[]): OracleOutcome {
  let worst: OracleOutcome | undefined
  for (const outcome of outcomes) {
    if (worst === undefined || severity(outcome) > severity(worst)) worst = outcome
  }
  return worst ?? failure('at least one comparison', 'none')
}

/** The outcome of a case that could not even be compared; `got` says why. */
export function failure(expected: string, got: string): OracleOutcome {
  return { pass: false, error: Infinity, tolerance: 0, expected, got }
}

/** Error in units of its tolerance: above 1 fails; comparisons without tolerance count as 0 or infinite. */
export function severity(outcome: OracleOutcome): number {
  if (!outcome.pass) return outcome.tolerance > 0 ? Math.max(outcome.error / outcome.tolerance, 1 + 1e-15) : Infinity
  return outcome.tolerance > 0 ? outcome.error / outcome.tolerance : 0
}

/** JSON text of a value with sorted object keys; numbers that JSON has no word for are written by name. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value)
  if (typeof value === 'bigint') return `"${value}"`
  if (value === undefined) return 'undefined'
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${Array.from(value, canonicalText).join(',')}]`
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalText(entry)}`).join(',')}}`
}

function closely(
  expected: unknown,
  got: unknown,
  tolerance: number,
  errorOf: (wanted: number, answer: number) => number,
): OracleOutcome {
  const error = worstError(expected, got, errorOf)
  const shown = showDifference(canonicalText(expected), canonicalText(got))
  return { pass: error <= tolerance, error, tolerance, ...shown }
}

function worstError(expected: unknown, got: unknown, errorOf: (wanted: number, answer: number) => number): number {
  if (typeof expected === 'number') {
    if (typeof got !== 'number' || Number.isNaN(got)) return Infinity
    return expected === got ? 0 : errorOf(expected, got)
  }
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, got) ? 0 : Infinity
  if (typeof got !== 'object' || got === null) return Infinity
  if (isList(expected) && (!isList(got) || got.length !== expected.length)) return Infinity
  const answers = new Map<string, unknown>(Object.entries(got))
  let worst = 0
  for (const [key, wanted] of Object.entries(expected)) {
    worst = Math.max(worst, worstError(wanted, answers.get(key), errorOf))
  }
  return worst
}

function relativeError(wanted: number, answer: number): number {
  return Math.abs(answer - wanted) / (wanted === 0 ? 1 : Math.abs(wanted))
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** Long texts are cut to a window around their first difference, so that a failure can be read. */
function showDifference(expected: string, got: string): { readonly expected: string; readonly got: string } {
  if (expected.length <= SHOWN_CHARACTERS && got.length <= SHOWN_CHARACTERS) return { expected, got }
  let position = 0
  while (position < expected.length && expected[position] === got[position]) position += 1
  const start = Math.max(
    0,
    Math.min(position - SHOWN_CHARACTERS / 4, Math.max(expected.length, got.length) - SHOWN_CHARACTERS),
  )
  return { expected: cut(expected, start), got: cut(got, start) }
}

function cut(text: string, start: number): string {
  const shown = text.slice(start, start + SHOWN_CHARACTERS)
  const before = start > 0 ? `…(from character ${start}) ` : ''
  return `${before}${shown}${start + SHOWN_CHARACTERS < text.length ? '…' : ''}`
}
