// The gamma distribution above and below shape 1.
import { expect, it } from 'vitest'
import { gammaDistribution } from '../../../sim-core/distributions/gamma.distribution.ts'
import { drawValues, kolmogorovScore, meanScore, varianceScore } from './sampling.ts'

it.each([0.1, 0.5, 0.999, 1, 1.5, 40, 2000])('draws shape %d as it should', (shape) => {
  const spec = { type: 'gamma', shape, scale: 2 } as const
  const values = drawValues(spec, 100_000)
  expect(meanScore(spec, values)).toBeLessThan(4)
  expect(varianceScore(spec, values)).toBeLessThan(4)
  expect(kolmogorovScore(spec, values)).toBeLessThan(1.95)
})

it('is exponential at shape 1', () => {
  const spec = { type: 'gamma', shape: 1, scale: 2 } as const
  for (const x of [0.01, 1, 5, 40]) expect(gammaDistribution.cdf(spec, x)).toBeCloseTo(1 - Math.exp(-x / 2), 14)
})

it('takes a mean instead of a scale', () => {
  expect(gammaDistribution.resolve({ mean: 10, shape: 4 })).toEqual({ spec: { type: 'gamma', shape: 4, scale: 2.5 } })
})

it('asks for one of its forms when arguments do not fit together', () => {
  expect(gammaDistribution.resolve({ mean: 10, scale: 2 })).toEqual({
    problem: 'mean and scale alone do not determine it',
    hint: 'give shape and scale, or mean and shape',
  })
})
