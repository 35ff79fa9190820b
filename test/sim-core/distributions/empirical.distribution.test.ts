// Measured distributions: from quantiles, from histograms, and what is wrong with bad ones.
import { describe, expect, it } from 'vitest'
import type { EmpiricalArguments, EmpiricalSpec } from '../../../sim-core/distributions/empirical.distribution.ts'
import { empiricalDistribution } from '../../../sim-core/distributions/empirical.distribution.ts'
import { drawValues, kolmogorovScore, meanScore, varianceScore } from './sampling.ts'

function specOf(args: EmpiricalArguments) {
  const resolution = empiricalDistribution.resolve(args)
  if ('problem' in resolution) throw new Error(resolution.problem)
  return resolution.spec
}

const quantile = (spec: EmpiricalSpec, p: number) => empiricalDistribution.quantile(spec, p)
const cdf = (spec: EmpiricalSpec, x: number) => empiricalDistribution.cdf(spec, x)

describe('empirical', () => {
  it('passes through its quantiles, in whatever order they are written', () => {
    const spec = specOf({ quantiles: { 'p99.9': 500, p50: 10, p99: 80, p90: 30 } })
    expect(spec.probabilities).toEqual([0, 0.5, 0.9, 0.99, 0.9990000000000001].map((p) => expect.closeTo(p, 14)))
    expect([0.25, 0.5, 0.9, 0.99].map((p) => quantile(spec, p))).toEqual(
      [5, 10, 30, 80].map((x) => expect.closeTo(x, 10)),
    )
  })

  it('continues the rate of the last two quantiles beyond the last', () => {
    // From p90 to p99 survival falls tenfold in 20, so another tenfold takes another 20.
    const spec = specOf({ quantiles: { p90: 30, p99: 50 } })
    expect(quantile(spec, 0.999)).toBeCloseTo(70, 10)
    expect(cdf(spec, 90)).toBeCloseTo(0.9999, 12)
  })

  it('starts at p0 and ends at p100 where they are given', () => {
    const spec = specOf({ quantiles: { p0: 2, p50: 10, p100: 20 } })
    expect([quantile(spec, 0), quantile(spec, 1)]).toEqual([2, 20])
    expect(empiricalDistribution.mean(spec)).toBeCloseTo(0.5 * 6 + 0.5 * 15, 14)
  })

  it('spreads a histogram evenly within each bucket', () => {
    const spec = specOf({
      histogram: [
        { upTo: 10, weight: 6 },
        { upTo: 20, weight: 0 },
        { upTo: 40, weight: 2 },
      ],
    })
    expect([5, 10, 15, 20, 30, 40].map((x) => cdf(spec, x))).toEqual([0.375, 0.75, 0.75, 0.75, 0.875, 1])
    expect(empiricalDistribution.mean(spec)).toBeCloseTo(0.75 * 5 + 0.25 * 30, 14)
    const values = drawValues(spec, 100_000)
    expect(values.some((value) => value > 10 && value < 20)).toBe(false)
    expect(kolmogorovScore(spec, values)).toBeLessThan(1.95)
  })

  it('keeps a value that many quantiles share as one place with that probability', () => {
    const spec = specOf({ quantiles: { p0: 5, p50: 5, p90: 9, p100: 9 } })
    const values = drawValues(spec, 100_000)
    const atFive = values.filter((value) => value === 5).length / values.length
    expect(Math.abs(atFive - 0.5)).toBeLessThan(0.007)
    expect([cdf(spec, 4.9), cdf(spec, 5), cdf(spec, 9)]).toEqual([0, 0.5, 1])
    expect(meanScore(spec, values)).toBeLessThan(4)
  })

  it('draws quantiles with a tail with the exact mean and variance', () => {
    const spec = specOf({ quantiles: { p50: 10, p90: 30, p99: 100 } })
    const values = drawValues(spec, 400_000)
    expect(meanScore(spec, values)).toBeLessThan(4)
    expect(varianceScore(spec, values)).toBeLessThan(4)
    expect(values.reduce((high, value) => Math.max(high, value))).toBeGreaterThan(200)
  })

  it.each([
    [{ quantiles: {} }, 'there are no quantiles'],
    [{ quantiles: { p101: 1 } }, 'p101 is not a percentile'],
    [{ quantiles: { median: 1 } }, 'median is not a percentile'],
    [{ quantiles: { p0: 1 } }, 'p0 alone is no distribution'],
    [{ quantiles: { p50: 10, p90: 9 } }, 'the values must not decrease'],
    [{ quantiles: { p50: Number.NaN } }, 'a value must be a finite number of at least 0'],
    [{ histogram: [] }, 'the histogram has no buckets'],
    [{ histogram: [{ upTo: Infinity, weight: 1 }] }, 'a value must be a finite number of at least 0'],
    [{ histogram: [{ upTo: 1, weight: -1 }] }, 'a weight must be a finite number of at least 0'],
    [{ histogram: [{ upTo: 1, weight: 0 }] }, 'the weights sum to nothing'],
  ] as [EmpiricalArguments, string][])('refuses %j', (args, problem) => {
    expect(empiricalDistribution.resolve(args)).toMatchObject({ problem })
  })
})
