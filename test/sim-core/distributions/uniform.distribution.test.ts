// The uniform distribution between two bounds.
import { expect, it } from 'vitest'
import { uniformDistribution } from '../../../sim-core/distributions/uniform.distribution.ts'

const spec = { type: 'uniform', min: 2, max: 8 } as const

it('has the textbook moments', () => {
  expect(uniformDistribution.mean(spec)).toBe(5)
  expect(uniformDistribution.variance(spec)).toBe(3)
})

it('is a straight line between its bounds', () => {
  expect([1, 2, 3.5, 8, 9].map((x) => uniformDistribution.cdf(spec, x))).toEqual([0, 0, 0.25, 1, 1])
})

it('refuses bounds in the wrong order', () => {
  expect(uniformDistribution.resolve({ min: 8, max: 2 })).toEqual({
    problem: 'max must be above min',
    hint: 'swap them, or use a constant',
  })
})
