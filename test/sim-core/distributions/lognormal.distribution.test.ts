// The lognormal distribution and the ways to state it.
import { describe, expect, it } from 'vitest'
import { lognormalDistribution } from '../../../sim-core/distributions/lognormal.distribution.ts'

function specOf(args: Record<string, number>) {
  const resolution = lognormalDistribution.resolve(args)
  if ('problem' in resolution) throw new Error(resolution.problem)
  return resolution.spec
}

describe('lognormal', () => {
  it.each([
    [2, 9],
    [2e6, 9e6],
    [1, 1.001],
    [1, 14.96],
  ])('meets mean %d and p99 %d', (mean, p99) => {
    const spec = specOf({ mean, p99 })
    expect(lognormalDistribution.mean(spec) / mean).toBeCloseTo(1, 12)
    expect(lognormalDistribution.quantile(spec, 0.99) / p99).toBeCloseTo(1, 12)
  })

  it('meets median and p99, and mean and sigma', () => {
    const byMedian = specOf({ median: 5, p99: 40 })
    expect(lognormalDistribution.quantile(byMedian, 0.5)).toBe(5)
    expect(lognormalDistribution.quantile(byMedian, 0.99)).toBeCloseTo(40, 11)
    const byMean = specOf({ mean: 5, sigma: 1.2 })
    expect(lognormalDistribution.mean(byMean)).toBeCloseTo(5, 12)
    expect(byMean.sigma).toBe(1.2)
  })

  it.each([
    [{ mean: 5, p99: 5 }, 'p99 must be above mean'],
    [{ mean: 5, p99: 4 }, 'p99 must be above mean'],
    [{ mean: 1, p99: 15 }, 'p99 of a lognormal cannot exceed 14.97 times its mean'],
    [{ median: 5, p99: 5 }, 'p99 must be above median'],
  ])('refuses %o', (args, problem) => {
    expect(lognormalDistribution.resolve(args)).toMatchObject({ problem })
  })

  it('has no probability at or below zero', () => {
    expect(lognormalDistribution.cdf(specOf({ median: 5, sigma: 1 }), 0)).toBe(0)
  })
})
