// Turns the replications of a study into its result.
import { ENGINE_VERSION } from '../kernel/engine-version.ts'
import { NS_PER_SECOND } from '../kernel/time.ts'
import type { ReplicationResult } from '../metrics/replication-result.ts'
import type { Plan } from '../model/plan.ts'
import { bottlenecks } from './bottlenecks.ts'
import { latencyCohorts, sampleRequests } from './cohorts.ts'
import { componentSummaries } from './component-summary.ts'
import { endpointSummary } from './endpoint-summary.ts'
import { headroomOf } from './headroom.ts'
import { judge, verdictOf } from './objectives.ts'
import { isOverloaded } from './overload.ts'
import { replicationFigures } from './replication-figures.ts'
import type { Sample } from './samples.ts'
import { halfWidthOf } from './estimate.ts'
import { firstBucket, longestEnds, samplesOf } from './samples.ts'
import { seriesTable } from './series-table.ts'
import { studyFingerprint } from './study-fingerprint.ts'
import type { EndpointSummary, Estimate, ObjectiveResult, Speed, StudyResult } from './study-result.ts'
import { RESULT_SCHEMA } from './study-result.ts'
import { hopNames, tracedRequests } from './traced-requests.ts'
import { theoryComparisons } from './theory-comparison.ts'
import { verdictReason } from './verdict-reason.ts'

/** What a study is summed up from. Replications are in order of their numbers. */
export interface StudyInput {
  readonly plan: Plan
  readonly planHash: string
  readonly seed: number
  readonly confidence: number
  /** Relative half-width asked for, if any. */
  readonly precision: number | null
  readonly replications: readonly ReplicationResult[]
  /** Stopped before all replications were done. */
  readonly partial: boolean
  readonly speed: Speed
}

/** Sums up. Depends on nothing but its input, so any number of workers leads to the same result. */
export function summarise(input: StudyInput): StudyResult {
  const { plan, replications, confidence } = input
  const from = firstBucket(replications, plan.measurement.warmupNs, plan.stationary)
  const warmupNs = from === 0 ? 0 : (longestEnds(replications)[from - 1] ?? 0)
  const samples = samplesOf(replications, from, plan.stationary)
  const figures = [...plan.endpoints, null].map((_, index) => endpointSummary(samples, index, plan.causes, confidence))
  const clients = figures.at(-1)!
  const objectives = judge(plan, figures, clients)
  const overloaded = isOverloaded(plan, wholeOf(replications, from))
  const precise = input.precision === null || reached(input.precision, clients, objectives)
  // What holds up to where a run was cut short may break after it.
  const whole = replications.every(({ partial }) => !partial)
  const verdict = verdictOf(objectives, overloaded, precise && whole)
  const series = seriesTable(replications, plan.measurement.bucketNs, warmupNs)
  const names = hopNames(plan)
  const traces = replications.map(({ traces: set }) => set)
  const requests = tracedRequests(traces, names, warmupNs)
  const endpointIds = plan.endpoints.map(({ id }) => id)
  const headroom = overloaded ? null : headroomOf(series, objectives, replications.length)
  const components = componentSummaries(plan, samples, confidence)
  const endpoints = Object.fromEntries(
    endpointIds.map((id, index) => [id, withSlo(figures[index]!, objectives, id)] as const),
  )
  const named = bottlenecks(plan, replications, requests, from)
  return {
    schema: RESULT_SCHEMA,
    engine: ENGINE_VERSION,
    scenario: plan.name,
    question: plan.question,
    plan_hash: input.planHash,
    seed: input.seed,
    replications: replications.length,
    confidence,
    fingerprint: studyFingerprint(replications.map(({ fingerprint }) => fingerprint)),
    verdict,
    precision: input.precision === null ? null : { asked: input.precision, reached: precise },
    reason: verdictReason({ verdict, objectives, headroom, bottleneck: named[0], precise, whole }),
    partial: input.partial || replications.some(({ partial }) => partial),
    headroom,
    objectives,
    clients: withSlo(clients, objectives, null),
    endpoints,
    components,
    theory: theoryComparisons(plan, figures, components),
    series,
    bottlenecks: named,
    cohorts: latencyCohorts(requests, endpointIds),
    samples: sampleRequests(requests, endpointIds, plan.causes),
    timeline: (replications[0]?.timeline ?? []).map(({ atNs, ...event }) => ({ at_s: atNs / NS_PER_SECOND, ...event })),
    limits: {
      in_flight: plan.inFlightMax,
      in_flight_peak: Math.max(0, ...replications.map(({ inFlightPeak }) => inFlightPeak)),
      in_flight_reached: replications.some(({ inFlightPeak }) => inFlightPeak >= plan.inFlightMax),
    },
    speed: input.speed,
    per_replication: replicationFigures(plan, replications, from, { clients, endpoints, components }),
  }
}

/**
 * Whether every figure that matters is as precise as asked: clients' mean and p95, and each objective. The half-width counts
 * relative to the figure, but a ratio of errors far below its target only has to be precise on the scale of the target:
 * what is nearly never seen cannot be known to a few percent, and need not be.
 */
export function reached(
  precision: number,
  clients: Omit<EndpointSummary, 'slo'>,
  objectives: readonly ObjectiveResult[],
): boolean {
  const isPrecise = (figure: Estimate, scale: number): boolean =>
    figure.mean === 0 || (halfWidthOf(figure) ?? Infinity) <= precision * scale
  const { mean, p95 } = clients.latency_ms
  return (
    [mean, p95].every((figure) => isPrecise(figure, Math.abs(figure.mean ?? 0))) &&
    objectives.every(({ metric, target, value, low, high }) =>
      isPrecise({ mean: value, low, high }, Math.max(Math.abs(value ?? 0), metric === 'errors' ? target : 0)),
    )
  )
}

function wholeOf(replications: readonly ReplicationResult[], from: number): Sample[] {
  return replications.map((replication) => ({ replication, from, to: replication.bucketEndsNs.length }))
}

function withSlo(
  figures: Omit<EndpointSummary, 'slo'>,
  objectives: readonly ObjectiveResult[],
  endpoint: string | null,
): EndpointSummary {
  return {
    ...figures,
    slo: Object.fromEntries(
      objectives
        .filter((objective) => objective.endpoint === endpoint)
        .map((objective) => [objective.metric, objective]),
    ),
  }
}

/** Client requests of all replications, for speed. */
export function requestsOf(replications: readonly ReplicationResult[]): number {
  return replications.reduce(
    (sum, { endpoints }) => sum + endpoints.at(-1)!.columns.arrivals.reduce((all, count) => all + count, 0),
    0,
  )
}

/** Speed from what was done and the time it took on the wall. */
export function speedOf(replications: readonly ReplicationResult[], wallSeconds: number, workers: number): Speed {
  const events = replications.reduce((sum, replication) => sum + replication.events, 0)
  const requests = requestsOf(replications)
  return {
    events,
    requests,
    wall_s: wallSeconds,
    events_per_s: events / wallSeconds,
    requests_per_s: requests / wallSeconds,
    workers,
  }
}
