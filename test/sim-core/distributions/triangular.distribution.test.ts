// The triangular distribution, skewed and with its mode at an end.
import { expect, it } from 'vitest'
import { triangularDistribution } from '../../../sim-core/distributions/triangular.distribution.ts'
import { drawValues, kolmogorovScore, meanScore } from './sampling.ts'

it('has the textbook figures', () => {
  const spec = { type: 'triangular', min: 1, mode: 2, max: 6 } as const
  expect(triangularDistribution.mean(spec)).toBe(3)
  expect(triangularDistribution.variance(spec)).toBeCloseTo(7 / 6, 14)
  expect(triangularDistribution.cdf(spec, 2)).toBeCloseTo(0.2, 14)
})

it.each([1, 2, 6])('draws mode %d as it should', (mode) => {
  const spec = { type: 'triangular', min: 1, mode, max: 6 } as const
  const values = drawValues(spec, 100_000)
  expect(meanScore(spec, values)).toBeLessThan(4)
  expect(kolmogorovScore(spec, values)).toBeLessThan(1.95)
  expect(triangularDistribution.cdf(spec, 1)).toBe(0)
  expect(triangularDistribution.cdf(spec, 6)).toBe(1)
})

it('refuses values that are out of order', () => {
  expect(triangularDistribution.resolve({ min: 1, mode: 7, max: 6 })).toHaveProperty('problem')
  expect(triangularDistribution.resolve({ min: 6, mode: 6, max: 6 })).toHaveProperty('problem')
})
