// Confidence intervals match hand-computed ones and cover the true value as often as they promise.
import { describe, expect, it } from 'vitest'
import {
  pairedDifferenceInterval,
  ratioInterval,
  relativeHalfWidth,
  tHalfWidth,
  tInterval,
} from '../../../sim-core/analysis/confidence.ts'
import { lagOneAutocorrelation, meanOf, sampleVariance } from '../../../sim-core/analysis/moments.ts'
import { expectRelative } from './expect-relative.ts'
import { normalValues } from './normal-values.ts'

describe('moments', () => {
  it('match small sums done by hand', () => {
    expect(meanOf([2, 4, 9])).toBe(5)
    expect(sampleVariance([2, 4, 9])).toBe(13)
    expect(sampleVariance([2])).toBeNaN()
    expect(lagOneAutocorrelation([1, -1, 1, -1])).toBe(-0.75)
  })
})

describe('tInterval', () => {
  it('is mean ± t s / sqrt(n)', () => {
    const { mean, low, high } = tInterval([1, 2, 3, 4, 5], 0.95)
    expect(mean).toBe(3)
    // t of 4 degrees of freedom at 0.975 from printed tables.
    const halfWidth = 2.7764451051977987 * Math.sqrt(2.5 / 5)
    expectRelative(high - mean, halfWidth, 1e-12)
    expectRelative(mean - low, halfWidth, 1e-12)
  })

  it('knows no limits of one value and nothing of none', () => {
    expect(tInterval([7], 0.95)).toEqual({ mean: 7, low: NaN, high: NaN })
    expect(tInterval([], 0.95)).toEqual({ mean: NaN, low: NaN, high: NaN })
    expect(tHalfWidth(1, 0, 0.95)).toBeNaN()
  })

  it('covers the true mean of normal data in 95 % of studies', () => {
    const next = normalValues(20_251)
    let covered = 0
    const studies = 4_000
    for (let study = 0; study < studies; study += 1) {
      const { low, high } = tInterval(
        Array.from({ length: 6 }, () => 10 + 3 * next()),
        0.95,
      )
      if (low <= 10 && 10 <= high) covered += 1
    }
    // Four standard errors of the estimated coverage.
    expect(Math.abs(covered / studies - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / studies))
  })
})

describe('pairedDifferenceInterval', () => {
  it('removes what both systems share', () => {
    const shared = [100, 200, 300, 400]
    const a = shared.map((value, i) => value + 1 + (i % 2) * 0.1)
    const { mean, low, high } = pairedDifferenceInterval(a, shared, 0.95)
    expectRelative(mean, 1.05, 1e-12)
    expect(high - low).toBeLessThan(0.3)
  })

  it('ignores surplus values', () => {
    expect(pairedDifferenceInterval([3, 5, 9], [1, 2], 0.9)).toEqual(pairedDifferenceInterval([3, 5], [1, 2], 0.9))
  })
})

describe('ratioInterval', () => {
  it('is exact when the ratio is the same in every replication', () => {
    const { mean, low, high } = ratioInterval([2, 4, 6], [10, 20, 30], 0.95)
    expectRelative(mean, 0.2, 1e-15)
    expect(high - low).toBeLessThan(1e-15)
  })

  it('equals the textbook variance sum', () => {
    const y = [3, 5, 4, 8]
    const x = [1, 2, 3, 4]
    const r = 2
    // s_YY = 14/3, s_XY = 7/3, s_XX = 5/3 by hand, X̄ = 2.5.
    const variance = (14 / 3 - 2 * r * (7 / 3) + r * r * (5 / 3)) / 4 / 2.5 ** 2
    const { mean, high } = ratioInterval(y, x, 0.95)
    expect(mean).toBe(r)
    expectRelative(high - mean, tHalfWidth(variance, 3, 0.95), 1e-12)
  })

  it('covers the true ratio in about 95 % of studies', () => {
    const next = normalValues(77)
    let covered = 0
    const studies = 2_000
    for (let study = 0; study < studies; study += 1) {
      const x = Array.from({ length: 20 }, () => 50 + 5 * next())
      const y = x.map((value) => 0.3 * value + next())
      const { low, high } = ratioInterval(y, x, 0.95)
      if (low <= 0.3 && 0.3 <= high) covered += 1
    }
    expect(Math.abs(covered / studies - 0.95)).toBeLessThan(0.02)
  })
})

describe('relativeHalfWidth', () => {
  it('is half the width over the magnitude of the mean', () => {
    expect(relativeHalfWidth({ mean: -10, low: -11, high: -9 })).toBe(0.1)
    expect(relativeHalfWidth({ mean: 0, low: 0, high: 0 })).toBe(0)
    expect(relativeHalfWidth({ mean: 0, low: -1, high: 1 })).toBe(Infinity)
    expect(relativeHalfWidth(tInterval([7], 0.95))).toBeNaN()
  })
})
