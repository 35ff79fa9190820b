/** The shape of a `.headroom` file: runs with everything that it takes to read them, and to run them again. */
import * as z from 'zod'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { resultSchema } from '../runs/result-schema.ts'
import type { StoredRun } from '../store/store.ts'

/** Version of the shape. */
export const BUNDLE_SCHEMA = 'headroom.bundle/1'

/** One run. */
export interface BundledRun {
  /** Of the scenario, where the run comes from. */
  readonly fileName: string
  readonly run: StoredRun
  /** Every series, as in a result. */
  readonly columns: StudyResult['series']['columns']
}

/** A whole file. */
export interface Bundle {
  readonly schema: typeof BUNDLE_SCHEMA
  /** Version of the application that wrote it. */
  readonly application: string
  readonly runs: readonly BundledRun[]
}

/** Most runs of one file, and most characters of a scenario, a note and a name. */
const RUNS_MAX = 1_000
const SCENARIO_MAX = 10_000_000
const NOTES_MAX = 1_000_000
const NAME_MAX = 1_000

/** Most series, tags and faults of a run. */
const NAMES_MAX = 100_000

/** Longest series, in buckets: years of simulated time. */
const BUCKETS_MAX = 10_000_000

const name = z.string().max(NAME_MAX)
const names = z.array(name).max(NAMES_MAX)
const count = z.int().min(0)
const figure = z.number().nullable()

const headline = z.strictObject({
  p95Ms: figure,
  errorRatio: figure,
  throughputRps: figure,
  peakLoadRps: figure,
  objectivesHeld: count,
  objectives: count,
  headroom: figure,
})

const origin = z.strictObject({
  file: name,
  seed: count,
  planHash: name,
  engine: name,
  replication: count.exactOptional(),
})

const error = z.strictObject({
  code: z.enum([
    'cancelled',
    'storage',
    'read-only',
    'conflict',
    'not-found',
    'invalid-call',
    'disconnected',
    'worker-crashed',
    'internal',
  ]),
  message: z.string().max(NOTES_MAX),
  hint: z.string().max(NOTES_MAX),
  retryable: z.boolean(),
  origin: origin.exactOptional(),
  trace: z.string().max(NOTES_MAX).exactOptional(),
})

const summary = z.strictObject({
  // Ids stand in addresses and command lines.
  id: z.string().regex(/^[\w-]{1,64}$/u),
  number: count,
  scenarioId: name.nullable(),
  scenarioName: name,
  revision: count.nullable(),
  status: z.enum(['done', 'cancelled', 'failed', 'interrupted']),
  createdMs: z.number(),
  endedMs: z.number().nullable(),
  planHash: name,
  seed: count,
  engine: name,
  replications: count,
  verdict: z.enum(['pass', 'fail', 'not_converged', 'overloaded']).nullable(),
  reason: z.string().max(NOTES_MAX),
  partial: z.boolean(),
  fingerprint: name.nullable(),
  headline: headline.nullable(),
  injected: count,
  error: error.nullable(),
  tags: names,
  notes: z.string().max(NOTES_MAX),
})

const injectedFault = z.strictObject({
  target: name,
  atS: z.number(),
  action: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('kill'), replicas: count.exactOptional() }),
    z.strictObject({ kind: z.literal('slow'), factor: z.number(), forS: z.number() }),
    z.strictObject({ kind: z.literal('restore') }),
  ]),
})

const run = z.strictObject({
  summary,
  scenarioText: z.string().max(SCENARIO_MAX),
  studyKey: name,
  request: z.strictObject({
    seed: count.exactOptional(),
    replications: count.exactOptional(),
    precision: figure.exactOptional(),
  }),
  result: resultSchema,
  seriesNames: names,
  hasSeries: z.boolean(),
  injectedFaults: z.array(injectedFault).max(NAMES_MAX),
})

const bundledRun = z.strictObject({
  fileName: name,
  run,
  columns: z.record(name, z.array(figure).max(BUCKETS_MAX)),
})

/** What is checked of a file from elsewhere. */
export const bundleSchema = z.strictObject({
  schema: z.literal(BUNDLE_SCHEMA),
  application: name,
  runs: z.array(bundledRun).min(1).max(RUNS_MAX),
}) satisfies z.ZodType<Bundle>
