/** Figures that a report takes out of the columns over time. */
import type { SeriesTable } from '../../contract/study-api.ts'

/** Names of the columns that reports show. */
export const LOAD_COLUMN = 'client/arrivals_rps'
export const P95_COLUMN = 'client/p95_ms'
const END_COLUMN = 'end_s'

/** Ends of the buckets in simulated seconds. */
export function bucketEnds({ columns }: SeriesTable): readonly number[] {
  return (columns[END_COLUMN] ?? []).map((end) => end ?? 0)
}

/** Simulated seconds of a replication. */
export function lengthSeconds(series: SeriesTable): number {
  return bucketEnds(series).at(-1) ?? 0
}

/** The highest load of a bucket after the warm-up, in requests a second. */
export function highestLoad(series: SeriesTable): number {
  const ends = bucketEnds(series)
  const load = series.columns[LOAD_COLUMN] ?? []
  return Math.max(0, ...load.map((value, bucket) => ((ends[bucket] ?? 0) > series.warmup_s ? (value ?? 0) : 0)))
}
