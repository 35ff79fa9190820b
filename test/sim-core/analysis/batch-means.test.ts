// Batch means, overlapping batch means and MSER-5 on series whose answer is known.
import { describe, expect, it } from 'vitest'
import {
  batchMeans,
  batchMeansInterval,
  meansOfBatches,
  overlappingBatchMeansVariance,
} from '../../../sim-core/analysis/batch-means.ts'
import { tInterval } from '../../../sim-core/analysis/confidence.ts'
import { mser, mser5 } from '../../../sim-core/analysis/mser5.ts'
import { expectRelative } from './expect-relative.ts'
import { normalValues } from './normal-values.ts'

/** A first-order autoregressive series about 0, whose long-run variance is 1 / (1 - φ)². */
function autoregressive(count: number, phi: number, seed: number): number[] {
  const next = normalValues(seed)
  let value = 0
  return Array.from({ length: count }, () => {
    value = phi * value + next()
    return value
  })
}

describe('batchMeans', () => {
  it('cuts equal batches and leaves the remainder out', () => {
    const batches = batchMeans([1, 3, 5, 7, 2, 4, 100], 3)
    expect(batches.batchSize).toBe(2)
    expect(batches.means).toEqual([2, 6, 3])
    expectRelative(batches.mean, 11 / 3, 1e-15)
    expect(meansOfBatches([1, 2], 0)).toEqual([])
  })

  it('treats batches like replications', () => {
    expect(batchMeansInterval([1, 3, 5, 7, 2, 4], 3, 0.9)).toEqual(tInterval([2, 6, 3], 0.9))
  })

  it('covers the mean of a correlated series where single observations would not', () => {
    let covered = 0
    let naivelyCovered = 0
    const studies = 400
    for (let study = 0; study < studies; study += 1) {
      const series = autoregressive(2_000, 0.8, 1_000 + study)
      const batched = batchMeansInterval(series, 20, 0.95)
      const naive = tInterval(series, 0.95)
      if (batched.low <= 0 && 0 <= batched.high) covered += 1
      if (naive.low <= 0 && 0 <= naive.high) naivelyCovered += 1
    }
    expect(covered / studies).toBeGreaterThan(0.9)
    expect(naivelyCovered / studies).toBeLessThan(0.7)
  })
})

describe('overlappingBatchMeansVariance', () => {
  it('is the plain variance of the mean for batches of one', () => {
    // Batches of one: 1 / (n (n - 1)) Σ (x - mean)², here 10 / 20.
    expectRelative(overlappingBatchMeansVariance([1, 2, 3, 4, 5], 1), 0.5, 1e-14)
  })

  it('matches its definition summed naively', () => {
    const series = autoregressive(300, 0.5, 5)
    const size = 17
    const mean = series.reduce((a, b) => a + b, 0) / series.length
    let squares = 0
    for (let start = 0; start + size <= series.length; start += 1) {
      squares += (series.slice(start, start + size).reduce((a, b) => a + b, 0) / size - mean) ** 2
    }
    const wanted = (size / ((300 - size + 1) * (300 - size))) * squares
    expectRelative(overlappingBatchMeansVariance(series, size), wanted, 1e-10)
  })

  it('estimates the long-run variance of a correlated series', () => {
    const series = autoregressive(200_000, 0.6, 9)
    expectRelative(overlappingBatchMeansVariance(series, 500) * series.length, 1 / 0.4 ** 2, 0.1)
  })
})

describe('mser5', () => {
  it('discards a start-up that differs plainly from the rest', () => {
    const next = normalValues(3)
    const series = Array.from({ length: 1_000 }, (_, i) => (i < 100 ? 50 : 10) + next())
    const rule = mser5(series)
    expect(rule.truncatedObservations).toBe(100)
    expect(rule.batches).toBe(200)
    expectRelative(rule.mean, 10, 0.02)
    expect(rule.statistic).toBeLessThan(rule.statisticUntruncated)
    expect(rule.atBoundary).toBe(false)
  })

  it('discards nothing of a constant series', () => {
    expect(mser5(Array.from({ length: 50 }, () => 4))).toMatchObject({ truncatedBatches: 0, statistic: 0, mean: 4 })
  })

  it('says when the run is too short: a trend that never ends', () => {
    const series = Array.from({ length: 200 }, (_, i) => i)
    expect(mser(series, 1)).toMatchObject({ truncatedBatches: 100, atBoundary: true })
  })

  it('equals the definition evaluated naively', () => {
    const series = autoregressive(83, 0.9, 11).map((value, i) => value + 20 / (i + 1))
    const statistics = Array.from({ length: 42 }, (_, d) => {
      const tail = series.slice(d)
      const mean = tail.reduce((a, b) => a + b, 0) / tail.length
      return tail.reduce((sum, value) => sum + (value - mean) ** 2, 0) / tail.length ** 2
    })
    const rule = mser(series, 1)
    expect(rule.truncatedBatches).toBe(statistics.indexOf(Math.min(...statistics)))
    expectRelative(rule.statistic, Math.min(...statistics), 1e-12)
  })

  it('has no answer without a whole batch', () => {
    expect(mser5([1, 2, 3])).toMatchObject({ batches: 0, truncatedBatches: 0, statistic: NaN, mean: NaN })
  })
})
