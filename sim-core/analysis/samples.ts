// Stretches of replications that statistics are taken over: whole replications, or batches of the only one.
import type { ReplicationResult } from '../metrics/replication-result.ts'
import { mser5 } from './mser5.ts'

/** Batches that a single replication is cut into: enough for a t-interval, few enough to be nearly independent. */
const BATCHES = 20
/** Fewest buckets from which batches are made. */
const BATCH_BUCKETS_MIN = 2 * BATCHES
/** Buckets that MSER-5 averages at a time; with fewer than a few batches of them it says nothing. */
const MSER_BUCKETS_MIN = 25

/** Buckets [from, to) of one replication. */
export interface Sample {
  readonly replication: ReplicationResult
  readonly from: number
  readonly to: number
}

/** Length of a sample in ns. */
export function sampleNs({ replication, from, to }: Sample): number {
  const ends = replication.bucketEndsNs
  return to <= from ? 0 : ends[to - 1]! - (from === 0 ? 0 : ends[from - 1]!)
}

/** Sum of a column over a sample. */
export function sumOver(column: Float64Array, { from, to }: Sample): number {
  let sum = 0
  for (let bucket = from; bucket < to; bucket++) sum += column[bucket]!
  return sum
}

/** The ends of the most buckets that any replication has; shorter ones were stopped early. */
export function longestEnds(replications: readonly ReplicationResult[]): Float64Array {
  return replications.reduce<Float64Array>(
    (longest, { bucketEndsNs }) => (bucketEndsNs.length > longest.length ? bucketEndsNs : longest),
    new Float64Array(0),
  )
}

/**
 * First bucket that counts: the one that begins at or after the warm-up given. When none is given, a stationary run's is
 * found by MSER-5, at the latest where something first happens (a breaker trips, a service scales): what follows is
 * behaviour of the system, not of its empty start. MSER-5 knows stationary series only: of a load that comes and goes it
 * would cut away the peak, so other runs are measured whole.
 */
export function firstBucket(
  replications: readonly ReplicationResult[],
  warmupNs: number | null,
  stationary: boolean,
): number {
  const ends = longestEnds(replications)
  if (warmupNs === 0) return 0
  if (warmupNs !== null) {
    const before = ends.findIndex((end) => end >= warmupNs)
    return before < 0 ? ends.length : before + 1
  }
  if (!stationary || ends.length < MSER_BUCKETS_MIN) return 0
  const { truncatedObservations } = mser5(meanLatencies(replications, ends.length))
  return Math.min(truncatedObservations, Math.floor(ends.length / 2), bucketsBeforeEvents(replications, ends))
}

/** Buckets that are over before the first entry of any timeline. */
function bucketsBeforeEvents(replications: readonly ReplicationResult[], ends: Float64Array): number {
  const firstNs = replications.reduce((first, { timeline }) => Math.min(first, timeline[0]?.atNs ?? Infinity), Infinity)
  const bucket = ends.findIndex((end) => end > firstNs)
  return bucket < 0 ? ends.length : bucket
}

/** Mean latency of all clients per bucket, over all replications; a bucket without answers repeats the one before. */
function meanLatencies(replications: readonly ReplicationResult[], buckets: number): number[] {
  const means: number[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    let sum = 0
    let count = 0
    for (const { endpoints } of replications) {
      const { columns } = endpoints.at(-1)!
      sum += columns.latencySumNs[bucket] ?? 0
      count += columns.completed[bucket] ?? 0
    }
    means.push(count > 0 ? sum / count : (means.at(-1) ?? 0))
  }
  return means
}

/**
 * Whole replications when there are several, else batches of the only one, else that one as it is. Batches are only alike,
 * as their interval takes for granted, when the run is stationary.
 */
export function samplesOf(replications: readonly ReplicationResult[], from: number, stationary: boolean): Sample[] {
  const whole = replications.map((replication) => ({
    replication,
    from: Math.min(from, replication.bucketEndsNs.length),
    to: replication.bucketEndsNs.length,
  }))
  const [only] = whole
  if (whole.length !== 1 || only === undefined || !stationary || only.to - only.from < BATCH_BUCKETS_MIN) return whole
  const buckets = only.to - only.from
  const edge = (batch: number): number => only.from + Math.floor((batch * buckets) / BATCHES)
  return Array.from({ length: BATCHES }, (_, batch) => ({ ...only, from: edge(batch), to: edge(batch + 1) }))
}
