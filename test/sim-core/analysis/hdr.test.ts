// The HDR histogram keeps its promised resolution and HdrHistogram's own documented examples.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HdrHistogram } from '../../../sim-core/analysis/hdr.ts'
import { sampleQuantile, sortedCopy } from '../../../sim-core/analysis/quantiles.ts'
import { expectRelative } from './expect-relative.ts'

describe('HdrHistogram', () => {
  it('is exact below twice ten to its digits', () => {
    const histogram = new HdrHistogram({ significantDigits: 2, highestTrackable: 10_000 })
    for (let value = 1; value <= 200; value += 1) histogram.record(value)
    expect([1, 50, 99, 100].map((p) => histogram.valueAtPercentile(p))).toEqual([2, 100, 198, 200])
    expect(histogram.mean()).toBe(100.5)
    expectRelative(histogram.standardDeviation(), Math.sqrt((200 ** 2 - 1) / 12), 1e-12)
  })

  it('has buckets of one, two, four units in turn', () => {
    const histogram = new HdrHistogram({ significantDigits: 1, highestTrackable: 1_000 })
    histogram.record(33)
    expect([histogram.valueAtPercentile(0), histogram.valueAtPercentile(100)]).toEqual([32, 33])
    histogram.record(999)
    expect(histogram.valueAtPercentile(100)).toBe(1_023)
    expect([histogram.min, histogram.max, histogram.totalCount]).toEqual([33, 999, 2])
  })

  it('reports every percentile within its resolution of the nearest rank', () => {
    const values = fc.array(fc.integer({ min: 1, max: 2 ** 40 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (sample, percentile) => {
        const histogram = new HdrHistogram({ significantDigits: 3, highestTrackable: 2 ** 40 })
        for (const value of sample) histogram.record(value)
        const exact = sampleQuantile(sortedCopy(sample), percentile / 100, 1)
        const reported = histogram.valueAtPercentile(percentile)
        expect(reported).toBeGreaterThanOrEqual(exact)
        expect(reported - exact).toBeLessThanOrEqual(exact * 1e-3)
      }),
    )
  })

  it('fills in what a stalled load generator left out', () => {
    const histogram = new HdrHistogram({ significantDigits: 3, highestTrackable: 100_000 })
    histogram.recordWithExpectedInterval(50, 10)
    expect(histogram.totalCount).toBe(5)
    expect([20, 40, 60, 80, 100].map((p) => histogram.valueAtPercentile(p))).toEqual([10, 20, 30, 40, 50])
    histogram.recordWithExpectedInterval(50, 0)
    expect(histogram.totalCount).toBe(6)
  })

  it('counts what it cannot hold, and nothing else changes', () => {
    const histogram = new HdrHistogram({ significantDigits: 2, highestTrackable: 1_000 })
    for (const value of [-1, 1.5, NaN, Infinity, 1e9]) histogram.record(value)
    expect([histogram.outOfRange, histogram.totalCount, histogram.min, histogram.max]).toEqual([5, 0, 0, 0])
    expect([histogram.mean(), histogram.standardDeviation(), histogram.valueAtPercentile(50)]).toEqual([0, 0, 0])
    histogram.record(0)
    expect([histogram.totalCount, histogram.valueAtPercentile(100)]).toEqual([1, 0])
  })
})
