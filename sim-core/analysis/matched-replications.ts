// Which replications of two studies saw the same random numbers.
import type { ReplicationFigures, StudyResult } from './study-result.ts'

/** The replications that a comparison of two studies rests on. */
export interface MatchedReplications {
  readonly paired: boolean
  /** Whether all of both studies are in it. */
  readonly complete: boolean
  readonly baseline: readonly ReplicationFigures[]
  readonly candidate: readonly ReplicationFigures[]
  /** In a sentence. */
  readonly why: string
}

/** Fewest replications of each that an interval can be made of. */
export const REPLICATIONS_MIN = 2

/**
 * Replications of one seed and number draw the same random numbers, whatever the system (common random numbers), so they
 * are compared one by one, if both ran for the same simulated time in the same buckets. All others are independent.
 */
export function matchReplications(baseline: StudyResult, candidate: StudyResult): MatchedReplications {
  const all = { baseline: baseline.per_replication, candidate: candidate.per_replication }
  const apart = (why: string): MatchedReplications => ({ ...all, paired: false, complete: true, why })
  if (baseline.seed !== candidate.seed) {
    return apart(`Not paired: the seeds differ (${baseline.seed} and ${candidate.seed}), so the traffic differs too.`)
  }
  if (baseline.series.bucket_s !== candidate.series.bucket_s) return apart('Not paired: the lengths of buckets differ.')
  const pairs = all.baseline.flatMap((one) => {
    const other = all.candidate.find(({ replication, end_s }) => replication === one.replication && end_s === one.end_s)
    return other === undefined ? [] : [[one, other] as const]
  })
  if (pairs.length === 0) return apart('Not paired: no two replications simulate the same time.')
  const complete = pairs.length === all.baseline.length && pairs.length === all.candidate.length
  if (!complete && pairs.length < REPLICATIONS_MIN) return apart('Not paired: only one replication is in both.')
  const count = pairs.length === 1 ? '1 replication' : `${pairs.length} replications`
  return {
    paired: true,
    complete,
    baseline: pairs.map(([one]) => one),
    candidate: pairs.map(([, other]) => other),
    why: `Paired: ${count} with the same seed, ${baseline.seed}, saw the same traffic${complete ? '' : '; others are left out'}.`,
  }
}
