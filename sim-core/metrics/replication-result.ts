// What one replication hands over: plain columns over buckets, ready to cross threads and to be merged.
import type { StationReading } from '../kernel/station-meter.ts'
import type { EndpointBucket, EndpointRecorder } from './endpoint-recorder.ts'
import type { HistogramSlices } from './histogram-series.ts'
import type { TraceSet } from './trace-recorder.ts'

/** A bucket of a station group, with who was busy and who waited at its end. */
export interface StationBucket extends StationReading {
  readonly endBusy: number
  readonly endQueued: number
}

type Columns<Row> = { readonly [Name in keyof Row as Row[Name] extends number ? Name : never]: Float64Array }

/** One endpoint over buckets; every column has one value per bucket. */
export interface EndpointResult {
  readonly id: string
  readonly columns: Columns<EndpointBucket>
  /** Failures [bucket x cause], row-major, causes as in the plan. */
  readonly failures: Float64Array
  readonly latencies: HistogramSlices
  readonly wasted: number
}

/** One group of stations over buckets. */
export interface StationResult {
  readonly component: string
  readonly name: string
  readonly columns: Columns<StationBucket>
  readonly waits: HistogramSlices
}

/** `term`: a counter that means something in ratios alone. */
export type MetricKind = 'counter' | 'gauge' | 'term'

/** What a component adds of its own. Counters and terms are increases per bucket, gauges values at its end. */
export interface MetricSeries {
  readonly component: string
  readonly metric: string
  readonly unit: string
  readonly kind: MetricKind
  readonly values: Float64Array
}

/** Something that happened, for flags in charts. */
export interface TimelineEvent {
  readonly atNs: number
  readonly component: string
  readonly kind: string
  readonly text: string
}

/** A run at an instant: who is where. */
export interface RunSnapshot {
  readonly nowNs: number
  /** Frames in use: requests, and calls that they make. */
  readonly inFlight: number
  readonly endpoints: readonly { readonly id: string; readonly inFlight: number }[]
  readonly stations: readonly {
    readonly component: string
    readonly name: string
    readonly busy: number
    readonly queued: number
    readonly servers: number
  }[]
  /** Counters and terms since the start of the run, gauges as they stand. */
  readonly metrics: readonly {
    readonly component: string
    readonly metric: string
    readonly unit: string
    readonly kind: MetricKind
    readonly value: number
  }[]
}

/** Everything measured in one replication. */
export interface ReplicationResult {
  readonly replication: number
  /** Stopped before its end. */
  readonly partial: boolean
  readonly fingerprint: string
  readonly events: number
  readonly endNs: number
  readonly bucketEndsNs: Float64Array
  readonly inFlightPeak: number
  /** By endpoint index; the client side is the last. */
  readonly endpoints: readonly EndpointResult[]
  readonly stations: readonly StationResult[]
  readonly metrics: readonly MetricSeries[]
  readonly timeline: readonly TimelineEvent[]
  /** How many there were; the timeline keeps the first of them. */
  readonly timelineCount: number
  readonly traces: TraceSet
}

export function endpointResult(
  recorder: EndpointRecorder,
  buckets: readonly EndpointBucket[],
  latencies: HistogramSlices,
): EndpointResult {
  const causes = buckets[0]?.failedByCause.length ?? 0
  const failures = new Float64Array(buckets.length * causes)
  for (const [i, bucket] of buckets.entries()) failures.set(bucket.failedByCause, i * causes)
  const column = (name: keyof Columns<EndpointBucket>): Float64Array =>
    Float64Array.from(buckets, (bucket) => bucket[name])
  return {
    id: recorder.id,
    columns: {
      arrivals: column('arrivals'),
      completed: column('completed'),
      failed: column('failed'),
      inFlightArea: column('inFlightArea'),
      latencySumNs: column('latencySumNs'),
      queueSumNs: column('queueSumNs'),
      networkSumNs: column('networkSumNs'),
      lockSumNs: column('lockSumNs'),
      retrySumNs: column('retrySumNs'),
    },
    failures,
    latencies,
    wasted: recorder.wasted,
  }
}

export function stationResult(
  component: string,
  name: string,
  buckets: readonly StationBucket[],
  waits: HistogramSlices,
): StationResult {
  const column = (key: keyof StationBucket): Float64Array => Float64Array.from(buckets, (bucket) => bucket[key])
  return {
    component,
    name,
    columns: {
      visits: column('visits'),
      waited: column('waited'),
      rejected: column('rejected'),
      abandoned: column('abandoned'),
      completed: column('completed'),
      busyArea: column('busyArea'),
      queueArea: column('queueArea'),
      serverArea: column('serverArea'),
      waitSumNs: column('waitSumNs'),
      endBusy: column('endBusy'),
      endQueued: column('endQueued'),
    },
    waits,
  }
}
