/** The published shape of a result: what a program that reads the exported JSON may rely on. */
import * as z from 'zod'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { RESULT_SCHEMA } from '../../sim-core/analysis/study-result.ts'

const count = z.int().min(0)
const figure = z.number().nullable()
const estimate = z
  .strictObject({ mean: figure, low: figure, high: figure })
  .meta({ id: 'estimate', description: 'A figure with its confidence interval; null where there is none.' })
const parts = z
  .strictObject({ queue: z.number(), service: z.number(), network: z.number(), retry: z.number(), lock: z.number() })
  .meta({ id: 'time_ms', description: 'Where the time goes, in ms; the parts sum to the whole.' })

const objective = z
  .strictObject({
    id: z.string(),
    metric: z.string(),
    endpoint: z.string().nullable().describe('Null: all requests of clients.'),
    target: z.number().describe('Latencies in ms, ratios in 0..1, throughput per second.'),
    value: figure,
    low: figure,
    high: figure,
    pass: z.boolean().nullable().describe('Null: cannot be told.'),
  })
  .meta({ id: 'objective' })

const endpoint = z
  .strictObject({
    arrivals: count,
    completed: count,
    failed: count,
    errors: z.record(z.string(), count).describe('Failures by cause.'),
    wasted: count.describe('Work finished for callers that no longer waited.'),
    error_ratio: estimate,
    throughput_rps: estimate,
    in_flight: estimate,
    latency_ms: z.strictObject({
      mean: estimate,
      p50: estimate,
      p90: estimate,
      p95: estimate,
      p99: estimate,
      p99_9: estimate,
    }),
    time_ms: parts,
    slo: z.record(z.string(), objective).describe('Objectives by metric.'),
  })
  .meta({ id: 'endpoint', description: 'Counts are sums over replications, after the warm-up.' })

const station = z
  .strictObject({
    utilisation: estimate,
    busy: estimate,
    queue_length: estimate,
    wait_ms: z.strictObject({ mean: estimate, p95: estimate, p99: estimate }),
    wait_probability: estimate,
    throughput_rps: estimate,
    rejected: count,
    abandoned: count,
  })
  .meta({ id: 'station', description: 'A group of like servers with their queue.' })

const component = z
  .strictObject({
    kind: z.string(),
    utilisation: estimate,
    queue_length: estimate,
    stations: z.record(z.string(), station),
    metrics: z.record(z.string(), estimate).describe('What its kind adds: counters per second, gauges, ratios.'),
  })
  .meta({ id: 'component' })

const bottleneck = z.strictObject({
  component: z.string(),
  station: z.string(),
  share_of_slow_queueing: z.number(),
  starts_s: figure,
  utilisation: figure,
  utilisation_peak: figure,
})

const cohort = z.strictObject({
  endpoint: z.string(),
  cohort: z.enum(['p50', 'p95', 'p99']),
  requests: count,
  latency_ms: z.number(),
  time_ms: parts,
  hops: z.array(z.strictObject({ hop: z.string(), part: z.string(), ms: z.number() })),
})

const sample = z.strictObject({
  endpoint: z.string(),
  start_s: z.number(),
  latency_ms: z.number(),
  cause: z.string().nullable(),
  hops: z.array(z.strictObject({ hop: z.string(), part: z.string(), from_ms: z.number(), ms: z.number() })),
})

const series = z.strictObject({
  bucket_s: z.number(),
  warmup_s: z.number(),
  columns: z.record(z.string(), z.array(figure)).describe('One value per bucket; end_s is the end of each.'),
})

const speed = z
  .strictObject({
    events: count,
    requests: count,
    wall_s: z.number(),
    events_per_s: z.number(),
    requests_per_s: z.number(),
    workers: count,
  })
  .meta({ id: 'speed', description: 'The only part in which two runs of one seed differ.' })

/** A whole result. */
export const resultSchema = z.strictObject({
  schema: z.literal(RESULT_SCHEMA),
  engine: z.string(),
  scenario: z.string(),
  question: z.string(),
  plan_hash: z.string(),
  seed: count,
  replications: count,
  confidence: z.number(),
  fingerprint: z.string(),
  verdict: z.enum(['pass', 'fail', 'not_converged', 'overloaded']),
  reason: z.string(),
  precision: z
    .strictObject({ asked: z.number(), reached: z.boolean() })
    .nullable()
    .describe('Relative half-width asked for, and whether every figure that matters is as precise.'),
  partial: z.boolean(),
  headroom: figure,
  objectives: z.array(objective),
  clients: endpoint,
  endpoints: z.record(z.string(), endpoint),
  components: z.record(z.string(), component),
  series,
  bottlenecks: z.array(bottleneck),
  cohorts: z.array(cohort),
  samples: z.array(sample),
  theory: z
    .array(
      z.strictObject({
        component: z.string(),
        endpoint: z.string(),
        model: z.string(),
        rows: z.array(z.strictObject({ figure: z.string(), theory: z.number(), simulated: estimate })),
      }),
    )
    .describe('What queueing theory says of those endpoints that it has a formula for.'),
  timeline: z.array(z.strictObject({ at_s: z.number(), component: z.string(), kind: z.string(), text: z.string() })),
  limits: z.strictObject({ in_flight: count, in_flight_peak: count, in_flight_reached: z.boolean() }),
  speed,
  per_replication: z
    .array(
      z.strictObject({
        replication: count,
        fingerprint: z.string(),
        events: count,
        end_s: z.number(),
        figures: z.record(z.string(), figure).describe('By id, such as clients.p95_ms or catalog.utilisation.'),
      }),
    )
    .describe('Each replication with its own value of every figure that has an interval.'),
}) satisfies z.ZodType<StudyResult>

/** The JSON Schema, draft 2020-12. Keys may be added within a version, so a reader must not refuse those it does not know. */
export function resultJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(resultSchema, {
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return { $schema, title: 'Headroom result', ...rest }
}
