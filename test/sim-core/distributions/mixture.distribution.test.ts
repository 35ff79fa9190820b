// Mixtures: weighted components, whatever they are.
import { describe, expect, it } from 'vitest'
import type { DistributionSpec } from '../../../sim-core/distributions/registry.ts'
import { mixtureDistribution } from '../../../sim-core/distributions/registry.ts'
import { drawValues, kolmogorovScore } from './sampling.ts'

const HITS_AND_MISSES = {
  type: 'mixture',
  components: [
    { weight: 90, distribution: { type: 'constant', value: 1 } },
    { weight: 10, distribution: { type: 'exponential', mean: 20 } },
  ],
} as const satisfies DistributionSpec

describe('mixture', () => {
  it('has the moments of the whole', () => {
    expect(mixtureDistribution.mean(HITS_AND_MISSES)).toBeCloseTo(0.9 + 2, 14)
    // E[X^2] = 0.9 * 1 + 0.1 * 2 * 20^2.
    expect(mixtureDistribution.variance(HITS_AND_MISSES)).toBeCloseTo(0.9 + 80 - 2.9 ** 2, 12)
  })

  it('jumps where a component is constant', () => {
    expect(mixtureDistribution.cdf(HITS_AND_MISSES, 1)).toBeCloseTo(0.9 + 0.1 * (1 - Math.exp(-0.05)), 14)
    expect(mixtureDistribution.quantile(HITS_AND_MISSES, 0.5)).toBeCloseTo(1, 12)
    expect(mixtureDistribution.quantile(HITS_AND_MISSES, 0.99)).toBeCloseTo(20 * Math.log(10), 9)
    expect([0, 1].map((p) => mixtureDistribution.quantile(HITS_AND_MISSES, p))).toEqual([0, Infinity])
  })

  it('draws from its components by weight', () => {
    const values = drawValues(HITS_AND_MISSES, 200_000)
    const hits = values.filter((value) => value === 1).length / values.length
    expect(Math.abs(hits - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / values.length))
    expect(kolmogorovScore(HITS_AND_MISSES, values)).toBeLessThan(1.95)
  })

  it('ignores a component without weight', () => {
    const spec: DistributionSpec = {
      type: 'mixture',
      components: [
        { weight: 1, distribution: { type: 'uniform', min: 0, max: 2 } },
        { weight: 0, distribution: { type: 'constant', value: 1000 } },
      ],
    }
    expect(mixtureDistribution.mean(spec)).toBe(1)
    expect(mixtureDistribution.quantile(spec, 1)).toBe(2)
    expect(drawValues(spec, 1000).every((value) => value <= 2)).toBe(true)
  })

  it('refuses to be made of nothing', () => {
    const distribution = { type: 'constant', value: 1 } as const
    expect(mixtureDistribution.resolve([])).toMatchObject({ problem: 'the mixture has no components' })
    expect(mixtureDistribution.resolve([{ weight: 0, distribution }])).toMatchObject({
      problem: 'the weights sum to nothing',
    })
    expect(mixtureDistribution.resolve([{ weight: -1, distribution }])).toHaveProperty('hint')
    expect(mixtureDistribution.resolve([{ weight: 2, distribution }])).toEqual({
      spec: { type: 'mixture', components: [{ weight: 2, distribution }] },
    })
  })
})
