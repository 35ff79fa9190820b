// Sample quantiles, Prometheus quantiles and time-weighted means on examples worked by hand.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prometheusQuantile } from '../../../sim-core/analysis/prometheus-quantile.ts'
import { type QuantileType, sampleQuantile, sortedCopy } from '../../../sim-core/analysis/quantiles.ts'
import { timeWeightedMean } from '../../../sim-core/analysis/time-weighted-mean.ts'
import { expectRelative } from './expect-relative.ts'

const TYPES: readonly QuantileType[] = [1, 2, 3, 4, 5, 6, 7, 8, 9]

describe('sampleQuantile', () => {
  it('gives the lower quartile of 1..10 that each definition prescribes', () => {
    const sample = Array.from({ length: 10 }, (_, i) => i + 1)
    const quartiles = TYPES.map((type) => sampleQuantile(sample, 0.25, type))
    const wanted = [3, 3, 2, 2.5, 3, 2.75, 3.25, 35 / 12, 2.9375]
    quartiles.forEach((quartile, i) => expectRelative(quartile, wanted[i] ?? NaN, 1e-14))
  })

  it('averages at a discontinuity in type 2 and prefers even ranks in type 3', () => {
    expect(sampleQuantile([1, 2, 3, 4], 0.5, 1)).toBe(2)
    expect(sampleQuantile([1, 2, 3, 4], 0.5, 2)).toBe(2.5)
    expect(sampleQuantile([1, 2, 3, 4, 5], 0.5, 3)).toBe(2)
    expect(sampleQuantile([1, 2, 3, 4, 5], 0.7, 3)).toBe(4)
  })

  it('never leaves the sample, never falls, and is linear interpolation unless told otherwise', () => {
    const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
    const probability = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(samples, probability, probability, fc.constantFrom(...TYPES), (values, p, q, type) => {
        const ascending = sortedCopy(values)
        const low = sampleQuantile(ascending, Math.min(p, q), type)
        const high = sampleQuantile(ascending, Math.max(p, q), type)
        const slack = 1e-9
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack)
        expect(high).toBeLessThanOrEqual(Math.max(...values) + slack)
        expect(low).toBeLessThanOrEqual(high + slack)
        expect(sampleQuantile(ascending, p)).toBe(sampleQuantile(ascending, p, 7))
      }),
    )
  })

  it('sorts a copy and has no value for an empty sample', () => {
    const values = [3, 1, 2]
    expect(Array.from(sortedCopy(values))).toEqual([1, 2, 3])
    expect(values).toEqual([3, 1, 2])
    expect(sampleQuantile([], 0.5)).toBeNaN()
  })
})

describe('prometheusQuantile', () => {
  it('interpolates inside the bucket of the rank', () => {
    expect(prometheusQuantile(0.5, [1, 2, 4, Infinity], [10, 20, 40, 40])).toBe(2)
    expect(prometheusQuantile(0.75, [1, 2, 4, Infinity], [10, 20, 40, 40])).toBe(3)
    expect(prometheusQuantile(0.125, [1, 2, 4, Infinity], [10, 20, 40, 40])).toBe(0.5)
  })

  it('gives the highest finite bound beyond it, and the lowest bound when that is not positive', () => {
    expect(prometheusQuantile(0.99, [1, 2, Infinity], [1, 2, 100])).toBe(2)
    expect(prometheusQuantile(0.1, [-1, 2, Infinity], [5, 10, 10])).toBe(-1)
  })

  it('raises counts that fall, as scrapes in mid-update do', () => {
    expect(prometheusQuantile(0.5, [1, 2, Infinity], [8, 6, 10])).toBe(
      prometheusQuantile(0.5, [1, 2, Infinity], [8, 8, 10]),
    )
  })

  it('has the documented answers for nonsense', () => {
    expect(prometheusQuantile(-0.1, [1, Infinity], [1, 1])).toBe(-Infinity)
    expect(prometheusQuantile(1.1, [1, Infinity], [1, 1])).toBe(Infinity)
    expect(prometheusQuantile(0.5, [1, 2], [1, 1])).toBeNaN()
    expect(prometheusQuantile(0.5, [Infinity], [1])).toBeNaN()
    expect(prometheusQuantile(0.5, [1, Infinity], [0, 0])).toBeNaN()
  })
})

describe('timeWeightedMean', () => {
  it('weights each value by how long it held', () => {
    expect(timeWeightedMean([0, 1, 4], [5, 2, 0], 10)).toBe(1.1)
    expect(timeWeightedMean([100, 101], [0, 4], 104)).toBe(3)
  })

  it('has no value when no time passes', () => {
    expect(timeWeightedMean([3], [1], 3)).toBeNaN()
    expect(timeWeightedMean([], [], 3)).toBeNaN()
  })
})
