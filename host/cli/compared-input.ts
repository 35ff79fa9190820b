/** What `headroom compare` compares: results as files, or runs kept in the data folder. */
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import type { LabelledStudy } from '../../sim-core/analysis/comparison-result.ts'
import { RESULT_SCHEMA } from '../../sim-core/analysis/study-result.ts'
import type { HostApi } from '../contract/host-api.ts'
import type { StudyResult } from '../contract/study-api.ts'
import { runsCalled } from './kept-runs.ts'
import type { CliProblem } from './problem-text.ts'

/** One of the studies, and where it comes from. */
export interface ComparedInput extends LabelledStudy {
  /** The file, or `run #41`. */
  readonly source: string
  /** The scenario that ran, as YAML; null when only its result is known. */
  readonly scenarioText: string | null
}

/** An input, or why it is none. */
export type InputRead =
  | { readonly kind: 'read'; readonly input: ComparedInput }
  | { readonly kind: 'problem'; readonly problem: CliProblem }

const figure = z.number().nullable()
const estimate = z.object({ mean: figure, low: figure, high: figure })
const endpoint = z.object({
  arrivals: z.number(),
  error_ratio: estimate,
  throughput_rps: estimate,
  in_flight: estimate,
  latency_ms: z.object({ mean: estimate, p50: estimate, p90: estimate, p95: estimate, p99: estimate, p99_9: estimate }),
})
const station = z.object({
  utilisation: estimate,
  busy: estimate,
  queue_length: estimate,
  wait_ms: z.object({ mean: estimate, p95: estimate, p99: estimate }),
  wait_probability: estimate,
  throughput_rps: estimate,
})

/** What a comparison reads of a result; whatever else a newer version writes is let through. */
const comparableResult = z.object({
  schema: z.literal(RESULT_SCHEMA),
  engine: z.string(),
  scenario: z.string(),
  plan_hash: z.string(),
  seed: z.number(),
  replications: z.number(),
  confidence: z.number().gt(0).lt(1),
  fingerprint: z.string(),
  verdict: z.enum(['pass', 'fail', 'not_converged', 'overloaded']),
  partial: z.boolean(),
  headroom: figure,
  objectives: z.array(
    z.object({ id: z.string(), metric: z.string(), endpoint: z.string().nullable(), pass: z.boolean().nullable() }),
  ),
  clients: endpoint,
  endpoints: z.record(z.string(), endpoint),
  components: z.record(
    z.string(),
    z.object({
      utilisation: estimate,
      queue_length: estimate,
      stations: z.record(z.string(), station),
      metrics: z.record(z.string(), estimate),
    }),
  ),
  series: z.object({ bucket_s: z.number(), warmup_s: z.number(), columns: z.record(z.string(), z.array(figure)) }),
  per_replication: z
    .array(z.object({ replication: z.number(), end_s: z.number(), figures: z.record(z.string(), figure) }))
    .optional(),
})

/** Reads a result that `run --json` wrote. */
export function readResultFile(path: string, label: string): InputRead {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return problem(
      path,
      'unreadable',
      `cannot be read: ${why}`,
      'give a file that `headroom run FILE --json RESULT` wrote',
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return problem(path, 'not-json', `is not JSON: ${why}`, scenarioHint(path, text), placeOfMistake(text))
  }
  const checked = comparableResult.safeParse(value)
  if (!checked.success) {
    const [issue] = checked.error.issues
    const place = issue?.path.map(String).join('.') ?? ''
    const hint = 'give a result as `headroom run FILE --json RESULT` writes it'
    return problem(path, 'not-a-result', `is no result: ${issue?.message ?? 'unknown shape'}`, hint, undefined, place)
  }
  // The schema checks every part that a comparison reads.
  const result = { ...(value as StudyResult), per_replication: (value as Partial<StudyResult>).per_replication ?? [] }
  return { kind: 'read', input: { label, source: path, scenarioText: null, result } }
}

/** Finds a kept run by its number, such as `41` or `#41`, its id, or the beginning of its id. */
export async function readKeptRun(api: HostApi, name: string, label: string): Promise<InputRead> {
  const [found, ...others] = runsCalled(await api.listRuns({}), name)
  if (found === undefined || others.length > 0) {
    const hint = 'give a file, or the number or id of a run; `headroom runs list` tells them'
    const what = found === undefined ? 'is neither a file nor a run of the data folder' : 'is how several ids begin'
    return problem(name, 'not-found', what, hint)
  }
  const { result, scenarioText, summary } = await api.readRun(found.id)
  if (result === null) {
    const message = `run #${summary.number} has no result: it is ${summary.status}`
    return problem(name, 'no-result', message, 'wait until it is done, or run it again')
  }
  return { kind: 'read', input: { label, source: `run #${summary.number}`, scenarioText, result } }
}

/** Whether a name stands for a file. */
export function isFile(name: string): boolean {
  return existsSync(name)
}

function problem(
  file: string,
  code: string,
  message: string,
  hint: string,
  place = { line: 1, column: 1 },
  path = '',
): InputRead {
  return { kind: 'problem', problem: { code, severity: 'error', path, file, ...place, message, hint } }
}

/** What the parser says of a text that only ends too early. */
const CUT_SHORT = /end of JSON|Unterminated|No number after|Exponent part/u

/** Where the mistake is: at the end of the shortest beginning of the text that is more than cut short. */
function placeOfMistake(text: string): { readonly line: number; readonly column: number } {
  let [fine, wrong] = [0, text.length + 1]
  while (wrong - fine > 1) {
    const middle = Math.floor((fine + wrong) / 2)
    if (isCutShort(text.slice(0, middle))) fine = middle
    else wrong = middle
  }
  const before = text.slice(0, fine).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function isCutShort(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    return error instanceof Error && CUT_SHORT.test(error.message)
  }
}

function scenarioHint(path: string, text: string): string {
  return /^\s*(?:#[^\n]*\n\s*)*(?:version|name|extends)\s*:/u.test(text)
    ? `this looks like a scenario: run it first, \`headroom run ${path} --json result.json\``
    : 'give a file that `headroom run FILE --json RESULT` wrote'
}
