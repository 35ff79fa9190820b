// The constant: always its value.
import { expect, it } from 'vitest'
import { constantDistribution } from '../../../sim-core/distributions/constant.distribution.ts'
import { drawValues } from './sampling.ts'

const spec = { type: 'constant', value: 7 } as const

it('draws nothing else', () => {
  expect(new Set(drawValues(spec, 100))).toEqual(new Set([7]))
})

it('has all its probability in one place', () => {
  expect(constantDistribution.cdf(spec, 6.999)).toBe(0)
  expect(constantDistribution.cdf(spec, 7)).toBe(1)
  expect(constantDistribution.quantile(spec, 0.3)).toBe(7)
})
