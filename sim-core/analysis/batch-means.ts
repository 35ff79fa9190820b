// Confidence from one long run: batch means and overlapping batch means of a correlated, stationary series.
import { type Interval, tInterval } from './confidence.ts'
import { lagOneAutocorrelation, meanOf, sampleVariance } from './moments.ts'

/** What the batches of one run tell. */
export interface BatchMeans {
  /** Observations per batch; a remainder shorter than one batch, at the end of the series, is left out. */
  readonly batchSize: number
  readonly means: readonly number[]
  /** Mean over the batches, in the unit of the observations. */
  readonly mean: number
  /** Sample variance of the batch means. */
  readonly variance: number
  /** Autocorrelation of neighbouring batch means; far from 0 means that the batches are too short to trust the interval. */
  readonly lagOneAutocorrelation: number
}

/**
 * Cuts a series into `batchCount` equal batches and describes their means.
 *
 * A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), section 9.5.3: Ȳ_j(k), the mean of the j-th k
 * observations. Differs from the source: none.
 */
export function batchMeans(values: ArrayLike<number>, batchCount: number): BatchMeans {
  const batchSize = Math.floor(values.length / batchCount)
  const means = meansOfBatches(values, batchSize).slice(0, batchCount)
  return {
    batchSize,
    means,
    mean: meanOf(means),
    variance: sampleVariance(means),
    lagOneAutocorrelation: lagOneAutocorrelation(means),
  }
}

/** The t-interval over the batch means of one run, as if each batch were a replication. */
export function batchMeansInterval(values: ArrayLike<number>, batchCount: number, level: number): Interval {
  return tInterval(batchMeans(values, batchCount).means, level)
}

/** The means of consecutive batches of `batchSize` observations; a shorter last batch is left out. */
export function meansOfBatches(values: ArrayLike<number>, batchSize: number): number[] {
  const means: number[] = []
  if (!(batchSize >= 1)) return means
  for (let start = 0; start + batchSize <= values.length; start += batchSize) {
    let sum = 0
    for (let i = start; i < start + batchSize; i += 1) sum += values[i] ?? NaN
    means.push(sum / batchSize)
  }
  return means
}

/**
 * Variance of the mean of the whole series, estimated from all n - m + 1 overlapping batches of m observations.
 *
 * M. S. Meketon, B. Schmeiser, Overlapping batch means: something for nothing?, Proceedings of the Winter Simulation
 * Conference (1984): V̂ = m / ((n - m + 1)(n - m)) Σ_j (Ȳ_j(m) - Ȳ)². Differs from the source: none.
 */
export function overlappingBatchMeansVariance(values: ArrayLike<number>, batchSize: number): number {
  const count = values.length
  const mean = meanOf(values)
  // Windows slide over deviations from the mean, which keeps the running sum small and its rounding harmless.
  let windowSum = 0
  for (let i = 0; i < batchSize; i += 1) windowSum += (values[i] ?? NaN) - mean
  let squares = (windowSum / batchSize) ** 2
  for (let end = batchSize; end < count; end += 1) {
    windowSum += (values[end] ?? NaN) - (values[end - batchSize] ?? NaN)
    squares += (windowSum / batchSize) ** 2
  }
  return (batchSize / ((count - batchSize + 1) * (count - batchSize))) * squares
}
