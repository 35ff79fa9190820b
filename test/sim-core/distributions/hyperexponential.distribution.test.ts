// The hyperexponential distribution from its phases and from a coefficient of variation.
import { expect, it } from 'vitest'
import { hyperexponentialDistribution } from '../../../sim-core/distributions/hyperexponential.distribution.ts'

it.each([1, 1.5, 4, 20])('meets mean 3 and coefficient of variation %d', (cv) => {
  const resolution = hyperexponentialDistribution.resolve({ mean: 3, cv })
  if ('problem' in resolution) throw new Error(resolution.problem)
  expect(hyperexponentialDistribution.mean(resolution.spec)).toBeCloseTo(3, 12)
  expect(Math.sqrt(hyperexponentialDistribution.variance(resolution.spec)) / 3).toBeCloseTo(cv, 10)
})

it('is the weighted sum of its phases', () => {
  const spec = { type: 'hyperexponential', p1: 0.9, mean1: 1, mean2: 20 } as const
  expect(hyperexponentialDistribution.mean(spec)).toBeCloseTo(2.9, 14)
  expect(hyperexponentialDistribution.cdf(spec, 5)).toBeCloseTo(1 - 0.9 * Math.exp(-5) - 0.1 * Math.exp(-0.25), 14)
})

it('refuses to be steadier than exponential', () => {
  expect(hyperexponentialDistribution.resolve({ mean: 3, cv: 0.9 })).toMatchObject({ problem: 'cv must be at least 1' })
})
