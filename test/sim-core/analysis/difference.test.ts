// Differences of means against the textbook, jStat, and how often their intervals hold the truth.
import jstat from 'jstat'
import { describe, expect, it } from 'vitest'
import { pairedDifferenceInterval, tHalfWidth } from '../../../sim-core/analysis/confidence.ts'
import {
  holmAdjusted,
  meanPairedDifference,
  pairedSpread,
  twoSidedProbability,
  welchSpread,
} from '../../../sim-core/analysis/difference.ts'
import { expectRelative } from './expect-relative.ts'
import { normalValues } from './normal-values.ts'

const { jStat } = jstat

const BEFORE = [812, 809, 820, 799, 815]
const AFTER = [240, 251, 238, 247, 244]

describe('pairedSpread', () => {
  it('gives the paired-t interval', () => {
    const { variance, degreesOfFreedom } = pairedSpread(BEFORE, AFTER)
    const { mean, low, high } = pairedDifferenceInterval(AFTER, BEFORE, 0.95)
    expect(degreesOfFreedom).toBe(4)
    expectRelative(meanPairedDifference(BEFORE, AFTER), mean, 1e-15)
    expectRelative(tHalfWidth(variance, degreesOfFreedom, 0.95), (high - low) / 2, 1e-12)
  })

  it('has no spread of a candidate that is the baseline times the scale', () => {
    const { variance } = pairedSpread([1, 2, 4], [3, 6, 12], 3)
    expect(variance).toBe(0)
  })
})

describe('welchSpread', () => {
  it('gives the degrees of freedom and the limits of a worked example', () => {
    // Sums by hand: means 4 and 7, variances 2.5 and 10, over 5 and 4 values.
    const a = [2, 3, 4, 5, 6]
    const b = [3, 6, 8, 11]
    const { variance, degreesOfFreedom } = welchSpread(a, b)
    const ofB = (16 + 1 + 1 + 16) / 3 / 4
    expectRelative(variance, 0.5 + ofB, 1e-14)
    expectRelative(degreesOfFreedom, (0.5 + ofB) ** 2 / (0.25 / 4 + (ofB * ofB) / 3), 1e-14)
    const t = jStat.studentt.inv(0.975, degreesOfFreedom)
    expectRelative(tHalfWidth(variance, degreesOfFreedom, 0.95), t * Math.sqrt(variance), 1e-8)
  })

  it('has between the fewer and the sum of the degrees of freedom, and is the pooled test for equal variances', () => {
    const { degreesOfFreedom } = welchSpread([1, 2, 3, 4], [11, 12, 13, 14])
    expectRelative(degreesOfFreedom, 6, 1e-12)
    expect(welchSpread(BEFORE, [1, 1, 1]).degreesOfFreedom).toBeCloseTo(4, 12)
  })

  it('knows a difference exactly where nothing varies', () => {
    const spread = welchSpread([5, 5], [7, 7, 7])
    expect(spread).toEqual({ variance: 0, degreesOfFreedom: 1 })
    expect(twoSidedProbability(2, spread)).toBe(0)
    expect(twoSidedProbability(0, spread)).toBe(1)
  })
})

describe('twoSidedProbability', () => {
  it('is that of Student’s t', () => {
    for (const [difference, variance, degreesOfFreedom] of [
      [1, 0.2, 4],
      [-3, 1, 7.3],
      [0.1, 2, 2],
    ] as const) {
      const expected = 2 * jStat.studentt.cdf(-Math.abs(difference) / Math.sqrt(variance), degreesOfFreedom)
      expectRelative(twoSidedProbability(difference, { variance, degreesOfFreedom }), expected, 1e-8)
    }
    expect(twoSidedProbability(1, { variance: 1, degreesOfFreedom: 0 })).toBeNaN()
  })

  it('is 5 % at the limit of a 95 % interval', () => {
    const spread = welchSpread(BEFORE, AFTER)
    const limit = tHalfWidth(spread.variance, spread.degreesOfFreedom, 0.95)
    expectRelative(twoSidedProbability(limit, spread), 0.05, 1e-9)
  })
})

describe('holmAdjusted', () => {
  it('raises the smallest most, and keeps the order', () => {
    const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(expected, 12)
    expect(holmAdjusted([0.7, 0.6])).toEqual([1, 1])
    expect(holmAdjusted([])).toEqual([])
  })

  it('finds no difference where there is none, in all but 5 % of families', () => {
    const next = normalValues(5)
    const families = 1_000
    let found = 0
    for (let family = 0; family < families; family += 1) {
      const probabilities = Array.from({ length: 6 }, () => {
        const [a, b] = [0, 0].map(() => Array.from({ length: 5 }, () => 100 + next()))
        return twoSidedProbability(meanPairedDifference(a!, b!), pairedSpread(a!, b!))
      })
      if (Math.min(...holmAdjusted(probabilities)) <= 0.05) found += 1
    }
    expect(found / families).toBeLessThan(0.07)
    expect(found / families).toBeGreaterThan(0.025)
  })
})
