// The Pareto distribution with and without a largest value.
import { describe, expect, it } from 'vitest'
import { paretoDistribution } from '../../../sim-core/distributions/pareto.distribution.ts'
import { drawValues, kolmogorovScore, meanScore } from './sampling.ts'

describe('pareto', () => {
  it('has the textbook moments without a bound', () => {
    const spec = { type: 'pareto', alpha: 3, min: 2 } as const
    expect(paretoDistribution.mean(spec)).toBeCloseTo(3, 14)
    expect(paretoDistribution.variance(spec)).toBeCloseTo(3, 13)
    expect(paretoDistribution.variance({ ...spec, alpha: 2 })).toBe(Infinity)
  })

  it('has the moments of its density with a bound, whole tail indices included', () => {
    for (const alpha of [0.5, 1, 1.1, 2, 2.5]) {
      const spec = { type: 'pareto', alpha, min: 1, max: 50 } as const
      const scale = alpha / (1 - 50 ** -alpha)
      const moment = (order: number) =>
        order === alpha ? scale * Math.log(50) : (scale * (50 ** (order - alpha) - 1)) / (order - alpha)
      expect(paretoDistribution.mean(spec)).toBeCloseTo(moment(1), 11)
      expect(paretoDistribution.variance(spec)).toBeCloseTo(moment(2) - moment(1) ** 2, 9)
    }
  })

  it.each([0.5, 1, 2.5])('draws tail index %d within its bound', (alpha) => {
    const spec = { type: 'pareto', alpha, min: 1, max: 50 } as const
    const values = drawValues(spec, 100_000)
    expect(values.every((value) => value >= 1 && value <= 50)).toBe(true)
    expect(meanScore(spec, values)).toBeLessThan(4)
    expect(kolmogorovScore(spec, values)).toBeLessThan(1.95)
  })

  it('refuses an infinite mean and bounds in the wrong order', () => {
    expect(paretoDistribution.resolve({ alpha: 1, min: 1 })).toMatchObject({ hint: 'give a max' })
    expect(paretoDistribution.resolve({ alpha: 1, min: 5, max: 5 })).toMatchObject({ problem: 'max must be above min' })
    expect(paretoDistribution.resolve({ alpha: 1, min: 1, max: 5 })).toHaveProperty('spec')
  })
})
