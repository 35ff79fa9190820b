// Where the warm-up of a run ends: the MSER-5 rule.
import { meansOfBatches } from './batch-means.ts'

/** Observations per batch that give the rule its name. */
const MSER5_BATCH_SIZE = 5

/** The truncation point that MSER recommends and what it rests on. */
export interface MserTruncation {
  /** Batches the series was cut into. */
  readonly batches: number
  /** Batches to discard from the front. */
  readonly truncatedBatches: number
  /** Observations to discard from the front. */
  readonly truncatedObservations: number
  /** The minimised statistic: the squared standard error of the mean of what remains. */
  readonly statistic: number
  /** The statistic if nothing is discarded. */
  readonly statisticUntruncated: number
  /** Mean of the batches that remain, in the unit of the observations. */
  readonly mean: number
  /** True when the minimum lies at the last point allowed, half the series: the run is too short to tell. */
  readonly atBoundary: boolean
}

/**
 * MSER-5: the warm-up to discard from a series, in batches of five observations.
 *
 * K. P. White, An effective truncation heuristic for bias reduction in simulation output, Simulation 69 (1997), and
 * S. C. Spratt, An evaluation of contemporary heuristics for the startup problem, University of Virginia (1998):
 * d* = argmin_{0 <= d <= m/2} Σ_{i > d} (Z_i - Z̄_{m,d})² / (m - d)², Z_i the means of five observations each.
 * Differs from the source: of equal minima the earliest wins.
 */
export function mser5(values: ArrayLike<number>): MserTruncation {
  return mser(values, MSER5_BATCH_SIZE)
}

/** The same rule on batches of any size; size 1 is White's original MSER. Fewer observations than one batch give NaN. */
export function mser(values: ArrayLike<number>, batchSize: number): MserTruncation {
  const means = meansOfBatches(values, batchSize)
  const batches = means.length
  const lastAllowed = Math.floor(batches / 2)
  let best = { truncated: 0, statistic: NaN, mean: NaN }
  // From the back, so that Welford's update (Technometrics 4, 1962) yields every tail's mean and squares in one pass.
  let mean = 0
  let squares = 0
  for (let first = batches - 1; first >= 0; first -= 1) {
    const remaining = batches - first
    const deviation = (means[first] ?? NaN) - mean
    mean += deviation / remaining
    squares += deviation * ((means[first] ?? NaN) - mean)
    const statistic = squares / (remaining * remaining)
    if (first <= lastAllowed && !(statistic > best.statistic)) best = { truncated: first, statistic, mean }
  }
  return {
    batches,
    truncatedBatches: best.truncated,
    truncatedObservations: best.truncated * batchSize,
    statistic: best.statistic,
    statisticUntruncated: batches === 0 ? NaN : squares / (batches * batches),
    mean: best.mean,
    atBoundary: best.truncated === lastAllowed,
  }
}
