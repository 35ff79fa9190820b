// The Weibull distribution.
import { expect, it } from 'vitest'
import { weibullDistribution } from '../../../sim-core/distributions/weibull.distribution.ts'
import { drawValues, kolmogorovScore } from './sampling.ts'

it('is the Rayleigh distribution at shape 2', () => {
  const spec = { type: 'weibull', shape: 2, scale: Math.SQRT2 } as const
  expect(weibullDistribution.mean(spec)).toBeCloseTo(Math.sqrt(Math.PI / 2), 13)
  expect(weibullDistribution.variance(spec)).toBeCloseTo(2 - Math.PI / 2, 13)
  expect(weibullDistribution.cdf(spec, 1)).toBeCloseTo(1 - Math.exp(-0.5), 14)
})

it('takes a mean instead of a scale', () => {
  expect(weibullDistribution.resolve({ mean: 6, shape: 1 })).toMatchObject({ spec: { shape: 1 } })
  const resolution = weibullDistribution.resolve({ mean: 6, shape: 0.7 })
  expect('spec' in resolution ? weibullDistribution.mean(resolution.spec) : NaN).toBeCloseTo(6, 12)
})

it.each([0.3, 1, 8])('draws shape %d as it should', (shape) => {
  const spec = { type: 'weibull', shape, scale: 3 } as const
  expect(kolmogorovScore(spec, drawValues(spec, 100_000))).toBeLessThan(1.95)
})
