// Studies for the tests of the analysis: of scenarios as text, and of replications made up number by number.
import { summarise, speedOf } from '../../../sim-core/analysis/summarise.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { HISTOGRAM_BUCKETS, recordDuration } from '../../../sim-core/kernel/log-histogram.ts'
import { NS_PER_SECOND } from '../../../sim-core/kernel/time.ts'
import { HistogramSeries } from '../../../sim-core/metrics/histogram-series.ts'
import type { EndpointResult, ReplicationResult, StationResult } from '../../../sim-core/metrics/replication-result.ts'
import type { Plan } from '../../../sim-core/model/plan.ts'
import { planOf, replicate } from '../../support/study.ts'

/** How a study is made. */
export interface StudyOptions {
  readonly replications?: number
  readonly seed?: number
  readonly precision?: number
}

/** Sums up replications of a plan that are there already. */
export function resultOf(plan: Plan, replications: readonly ReplicationResult[], precision?: number): StudyResult {
  return summarise({
    plan,
    planHash: 'made for a test',
    seed: 1,
    confidence: 0.95,
    precision: precision ?? null,
    replications,
    partial: false,
    speed: speedOf(replications, 1, 1),
  })
}

/** Simulates a scenario's text and sums it up. */
export function studyOfText(text: string, { replications = 3, seed = 1, precision }: StudyOptions = {}): StudyResult {
  const plan = planOf(text)
  const runs = Array.from({ length: replications }, (_, replication) => replicate(plan, seed, replication))
  return resultOf(plan, runs, precision)
}

/** One bucket of made-up requests. */
export interface MadeUpBucket {
  readonly arrivals?: number
  /** Latencies of those that completed, in ns. */
  readonly latenciesNs?: readonly number[]
  readonly failed?: number
  /** Waiting at the one station, at the end of the bucket. */
  readonly queued?: number
}

/** A replication with one endpoint, which is what clients see, and one station; buckets are a second long. */
export function madeUp(buckets: readonly MadeUpBucket[]): ReplicationResult {
  const endpoint = (id: string): EndpointResult => endpointOf(id, buckets)
  return {
    replication: 0,
    partial: false,
    fingerprint: '0123456789abcdef',
    events: 1,
    endNs: buckets.length * NS_PER_SECOND,
    bucketEndsNs: Float64Array.from(buckets, (_, i) => (i + 1) * NS_PER_SECOND),
    inFlightPeak: 1,
    endpoints: [endpoint('app.get'), endpoint('client')],
    stations: [stationOf(buckets)],
    metrics: [],
    timeline: [],
    timelineCount: 0,
    traces: {
      stride: 1,
      startNs: new Float64Array(0),
      endNs: new Float64Array(0),
      endpoint: new Int32Array(0),
      cause: new Uint8Array(0),
      parts: new Float64Array(0),
      segmentTrace: new Int32Array(0),
      segmentPc: new Int32Array(0),
      segmentPart: new Uint8Array(0),
      segmentFromNs: new Float64Array(0),
      segmentToNs: new Float64Array(0),
    },
  }
}

function endpointOf(id: string, buckets: readonly MadeUpBucket[]): EndpointResult {
  const series = new HistogramSeries()
  const counts = new Uint32Array(HISTOGRAM_BUCKETS)
  for (const { latenciesNs = [] } of buckets) {
    for (const latencyNs of latenciesNs) recordDuration(counts, latencyNs)
    series.take(counts)
  }
  const column = (value: (bucket: MadeUpBucket) => number): Float64Array => Float64Array.from(buckets, value)
  return {
    id,
    columns: {
      arrivals: column(({ arrivals = 0 }) => arrivals),
      completed: column(({ latenciesNs = [] }) => latenciesNs.length),
      failed: column(({ failed = 0 }) => failed),
      inFlightArea: column(() => 0),
      latencySumNs: column(({ latenciesNs = [] }) => latenciesNs.reduce((sum, ns) => sum + ns, 0)),
      queueSumNs: column(() => 0),
      networkSumNs: column(() => 0),
      lockSumNs: column(() => 0),
      retrySumNs: column(() => 0),
    },
    failures: Float64Array.from(buckets.flatMap(({ failed = 0 }) => [0, failed])),
    latencies: series.read(0),
    wasted: 0,
  }
}

function stationOf(buckets: readonly MadeUpBucket[]): StationResult {
  const column = (value: (bucket: MadeUpBucket) => number): Float64Array => Float64Array.from(buckets, value)
  const zeros = column(() => 0)
  const series = new HistogramSeries()
  for (const _ of buckets) series.take(new Uint32Array(HISTOGRAM_BUCKETS))
  return {
    component: 'app',
    name: 'cpu',
    columns: {
      visits: zeros,
      waited: zeros,
      rejected: zeros,
      abandoned: zeros,
      completed: zeros,
      busyArea: column(() => 0.5 * NS_PER_SECOND),
      queueArea: column(({ queued = 0 }) => queued * NS_PER_SECOND),
      serverArea: column(() => NS_PER_SECOND),
      waitSumNs: zeros,
      endBusy: zeros,
      endQueued: column(({ queued = 0 }) => queued),
    },
    waits: series.read(0),
  }
}
