// Poisson arrivals: law of the counts, exact inversion, common random numbers, no drift from rounding.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStreams } from '../../../../sim-core/kernel/random.ts'
import { unitExponential } from '../../../../sim-core/kernel/ziggurat.ts'
import { profileMean, scaleProfile } from '../../../../sim-core/traffic/rate-profile.ts'
import type { RateProfile } from '../../../../sim-core/traffic/rate-profile.ts'
import { createArrivalProcess } from '../../../../sim-core/traffic/registry.ts'
import { allArrivals, arrivalStreams, meanAndVariance, windowCounts } from '../arrivals-fixture.ts'

const SECOND_NS = 1e9

/** Ramp 0 -> 2000/s, plateau, jump, silence, ramp down from 500/s, then 100/s. */
const winding: RateProfile = {
  points: [
    { atNs: 0, perSecond: 0 },
    { atNs: 10 * SECOND_NS, perSecond: 2000 },
    { atNs: 15 * SECOND_NS, perSecond: 2000 },
    { atNs: 15 * SECOND_NS, perSecond: 0 },
    { atNs: 18 * SECOND_NS, perSecond: 0 },
    { atNs: 18 * SECOND_NS, perSecond: 500 },
    { atNs: 25 * SECOND_NS, perSecond: 0 },
    { atNs: 25 * SECOND_NS, perSecond: 100 },
  ],
}

function poisson(profile: RateProfile, seed: number, endNs: number) {
  return createArrivalProcess({ kind: 'poisson', profile }, arrivalStreams(seed), endNs)
}

/** The integral of the rate at each arrival. */
function integrals(profile: RateProfile, arrivals: readonly number[]): number[] {
  return arrivals.map((atNs) => (profileMean(profile, 0, atNs) * atNs) / SECOND_NS)
}

describe('poisson', () => {
  it('has counts with the mean and the variance of the law at a constant rate', () => {
    const windows = 20_000
    const counts = windowCounts(poisson({ points: [{ atNs: 0, perSecond: 50 }] }, 5, Infinity), SECOND_NS, windows)
    const { mean, variance } = meanAndVariance(counts)
    expect(Math.abs(mean - 50)).toBeLessThan(4 * Math.sqrt(50 / windows))
    expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * Math.sqrt(2 / windows))
  })

  it('has counts that follow the integral of a changing rate', () => {
    const runs = 40
    const counts = new Float64Array(30)
    for (let seed = 1; seed <= runs; seed++) {
      windowCounts(poisson(winding, seed, 30 * SECOND_NS), SECOND_NS, 30).forEach((count, window) => {
        counts[window] = counts[window]! + count
      })
    }
    for (const [window, count] of counts.entries()) {
      const expected = runs * profileMean(winding, window * SECOND_NS, (window + 1) * SECOND_NS)
      expect(Math.abs(count - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected))
    }
  })

  it('inverts the integral exactly: integrals at arrivals are the sums of the drawn exponentials', () => {
    const arrivals = allArrivals(poisson(winding, 3, 40 * SECOND_NS))
    const stream = new RandomStreams(3, 0).stream('test/gaps')
    let sum = 0
    expect(arrivals.length).toBeGreaterThan(20_000)
    for (const integral of integrals(winding, arrivals)) {
      sum += unitExponential(stream)
      // Half a ns at the highest rate, and the rounding of a sum of 20,000 terms.
      expect(Math.abs(integral - sum)).toBeLessThan(2e-6)
    }
  })

  it('keeps its random numbers when the rate is scaled', () => {
    const profile = { points: [{ atNs: 0, perSecond: 1000 }] }
    const single = allArrivals(poisson(profile, 9, 20 * SECOND_NS))
    const double = allArrivals(poisson(scaleProfile(profile, 2), 9, 10 * SECOND_NS))
    expect(Math.abs(single.length - double.length)).toBeLessThanOrEqual(1)
    for (const [index, atNs] of double.slice(0, single.length).entries()) {
      expect(Math.abs(2 * atNs - single[index]!)).toBeLessThanOrEqual(2)
    }
    const winding1 = integrals(winding, allArrivals(poisson(winding, 9, 25 * SECOND_NS)))
    const winding3 = integrals(winding, allArrivals(poisson(scaleProfile(winding, 3), 9, 25 * SECOND_NS)))
    for (const [index, integral] of winding1.entries()) {
      expect(Math.abs(3 * winding3[index]! - integral)).toBeLessThan(1e-5)
    }
  })

  it('gives the same arrivals from one point and from two equal ones', () => {
    const one = { points: [{ atNs: 0, perSecond: 333 }] }
    const two = { points: [...one.points, { atNs: 3 * SECOND_NS, perSecond: 333 }] }
    const fast = allArrivals(poisson(one, 4, 2 * SECOND_NS))
    const general = allArrivals(poisson(two, 4, 2 * SECOND_NS))
    expect(general.length).toBe(fast.length)
    for (const [index, atNs] of general.entries()) expect(Math.abs(atNs - fast[index]!)).toBeLessThanOrEqual(1)
  })

  it('has no bias from whole nanoseconds at a million and at a thousand million per second', () => {
    for (const perSecond of [1e6, 1e9]) {
      const process = poisson({ points: [{ atNs: 0, perSecond }] }, 8, Infinity)
      const stream = new RandomStreams(8, 0).stream('test/gaps')
      let sum = 0
      let atNs = 0
      for (let count = 0; count < 1_000_000; count++) {
        sum += unitExponential(stream)
        atNs = process.next()
      }
      expect(Math.abs(atNs - (sum * SECOND_NS) / perSecond)).toBeLessThan(0.51)
    }
  })

  it('never arrives while the rate is zero, nor after a rate that ends in zero', () => {
    const silent = poisson({ points: [{ atNs: 0, perSecond: 0 }] }, 1, 100 * SECOND_NS)
    expect([silent.next(), silent.next()]).toEqual([Infinity, Infinity])
    const arrivals = allArrivals(poisson(winding, 2, 40 * SECOND_NS))
    expect(arrivals.filter((atNs) => atNs > 15 * SECOND_NS && atNs < 18 * SECOND_NS)).toEqual([])
    const falling = {
      points: [
        { atNs: 0, perSecond: 1000 },
        { atNs: 2 * SECOND_NS, perSecond: 0 },
      ],
    }
    for (let seed = 0; seed < 200; seed++) {
      const last = allArrivals(poisson(falling, seed, 1e15)).at(-1)!
      expect(last).toBeLessThanOrEqual(2 * SECOND_NS)
    }
  })

  it('is in order, whole and before the end for any profile', () => {
    const profiles = fc.array(
      fc.record({ gapNs: fc.integer({ min: 0, max: 1_000_000 }), perSecond: fc.integer({ min: 0, max: 10_000_000 }) }),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(profiles, fc.nat(1000), fc.integer({ min: 1, max: 2_000_000 }), (steps, seed, endNs) => {
        let atNs = 0
        const points = steps.map(({ gapNs, perSecond }, index) => ({
          atNs: index === 0 ? 0 : (atNs += gapNs),
          perSecond,
        }))
        let lastNs = 0
        for (const arrivalNs of allArrivals(poisson({ points }, seed, endNs))) {
          expect(Number.isInteger(arrivalNs) && arrivalNs >= lastNs && arrivalNs < endNs).toBe(true)
          lastNs = arrivalNs
        }
      }),
      { numRuns: 60 },
    )
  })
})
