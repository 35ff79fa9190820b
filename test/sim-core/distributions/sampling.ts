// Draws from production samplers and measures how far the draws are from the exact distribution.
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import type { DistributionSpec } from '../../../sim-core/distributions/registry.ts'
import { createSampler, distributionOf } from '../../../sim-core/distributions/registry.ts'

/** The first `count` values of a spec under a seed. */
export function drawValues(spec: DistributionSpec, count: number, seed = 1): Float64Array {
  const sampler = createSampler(spec, new RandomStreams(seed, 0).stream('test/sampling'))
  return Float64Array.from({ length: count }, () => sampler.next())
}

/** Distance of the sample mean from the exact one, in exact standard errors; the variance must be finite. */
export function meanScore(spec: DistributionSpec, values: Float64Array): number {
  const definition = distributionOf(spec)
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  const standardError = Math.sqrt(definition.variance(spec) / values.length)
  return standardError === 0
    ? Math.abs(average - definition.mean(spec))
    : Math.abs(average - definition.mean(spec)) / standardError
}

/** Distance of the sample variance from the exact one, in standard errors that the sample itself gives. */
export function varianceScore(spec: DistributionSpec, values: Float64Array): number {
  const definition = distributionOf(spec)
  const squares = values.map((value) => (value - definition.mean(spec)) ** 2)
  const average = squares.reduce((sum, square) => sum + square, 0) / values.length
  const spread = squares.reduce((sum, square) => sum + (square - average) ** 2, 0) / values.length
  return spread === 0
    ? Math.abs(average - definition.variance(spec))
    : Math.abs(average - definition.variance(spec)) / Math.sqrt(spread / values.length)
}

/** Largest gap between the share of draws at or below x and the cdf there, times sqrt(n): above 1.95 once in 1000 times. */
export function kolmogorovScore(spec: DistributionSpec, values: Float64Array): number {
  const definition = distributionOf(spec)
  const sorted = values.toSorted()
  let worst = 0
  sorted.forEach((value, index) => {
    // Of equal draws the last one knows how many there are.
    if (value === sorted[index + 1]) return
    worst = Math.max(worst, Math.abs((index + 1) / sorted.length - definition.cdf(spec, value)))
  })
  return worst * Math.sqrt(values.length)
}
