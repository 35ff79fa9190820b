// The normal distribution.
import { expect, it } from 'vitest'
import { normalDistribution } from '../../../sim-core/distributions/normal.distribution.ts'

const spec = { type: 'normal', mean: 10, sd: 3 } as const

it('has the familiar share within one, two and three standard deviations', () => {
  const shares = [1, 2, 3].map(
    (k) => normalDistribution.cdf(spec, 10 + 3 * k) - normalDistribution.cdf(spec, 10 - 3 * k),
  )
  expect(shares[0]).toBeCloseTo(0.6826894921370859, 14)
  expect(shares[1]).toBeCloseTo(0.9544997361036416, 14)
  expect(shares[2]).toBeCloseTo(0.9973002039367398, 14)
})

it('is symmetric and unbounded', () => {
  expect(normalDistribution.quantile(spec, 0.1) + normalDistribution.quantile(spec, 0.9)).toBeCloseTo(20, 12)
  expect(normalDistribution.quantile(spec, 0)).toBe(-Infinity)
})
