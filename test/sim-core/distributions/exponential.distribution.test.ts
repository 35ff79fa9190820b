// The exponential distribution and its memorylessness.
import { expect, it } from 'vitest'
import { exponentialDistribution } from '../../../sim-core/distributions/exponential.distribution.ts'
import { drawValues } from './sampling.ts'

const spec = { type: 'exponential', mean: 4 } as const

it('has the textbook figures', () => {
  expect(exponentialDistribution.variance(spec)).toBe(16)
  expect(exponentialDistribution.quantile(spec, 0.5)).toBeCloseTo(4 * Math.LN2, 14)
  expect(exponentialDistribution.cdf(spec, 4)).toBeCloseTo(1 - 1 / Math.E, 14)
})

it('keeps small probabilities exact', () => {
  expect(exponentialDistribution.cdf(spec, 4e-15)).toBeCloseTo(1e-15, 28)
})

it('has no memory: what is left after waiting has the same mean', () => {
  const waited = drawValues(spec, 200_000).filter((value) => value > 6)
  const left = waited.reduce((sum, value) => sum + value - 6, 0) / waited.length
  expect(Math.abs(left - 4)).toBeLessThan((4 * 4) / Math.sqrt(waited.length))
})

it('refuses a mean of zero and names the bound', () => {
  expect(exponentialDistribution.resolve({ mean: 0 })).toMatchObject({ problem: 'mean must be above 0' })
})

it('says which parameters it needs', () => {
  expect(exponentialDistribution.resolve({})).toEqual({ problem: 'nothing is given', hint: 'give mean' })
  expect(exponentialDistribution.resolve({ rate: 2 })).toEqual({
    problem: 'there is no parameter rate',
    hint: 'give mean',
  })
})
