// The Erlang distribution, by phases and by the gamma sampler.
import { expect, it } from 'vitest'
import { erlangDistribution } from '../../../sim-core/distributions/erlang.distribution.ts'
import { drawValues, kolmogorovScore, meanScore, varianceScore } from './sampling.ts'

it.each([1, 2, 3, 4, 30])('draws %i phases as it should', (k) => {
  const spec = { type: 'erlang', k, mean: 5 } as const
  const values = drawValues(spec, 100_000)
  expect(meanScore(spec, values)).toBeLessThan(4)
  expect(varianceScore(spec, values)).toBeLessThan(4)
  expect(kolmogorovScore(spec, values)).toBeLessThan(1.95)
})

it('has the distribution function of a Poisson count', () => {
  // Three phases of mean 1 are over by x = 4 unless a Poisson process of rate 1 had fewer than 3 events.
  const spec = { type: 'erlang', k: 3, mean: 3 } as const
  expect(erlangDistribution.cdf(spec, 4)).toBeCloseTo(1 - Math.exp(-4) * (1 + 4 + 8), 14)
})

it('refuses part of a phase', () => {
  expect(erlangDistribution.resolve({ k: 2.5, mean: 1 })).toMatchObject({ problem: 'k must be a whole number' })
})
