// Deterministic arrivals: one each time the integral of the rate reaches a whole number.

import { describe, expect, it } from 'vitest'
import { profileMean } from '../../../../sim-core/traffic/rate-profile.ts'
import type { RateProfile } from '../../../../sim-core/traffic/rate-profile.ts'
import { createArrivalProcess } from '../../../../sim-core/traffic/registry.ts'
import { allArrivals, arrivalStreams } from '../arrivals-fixture.ts'

const SECOND_NS = 1e9

function deterministic(profile: RateProfile, endNs: number) {
  return createArrivalProcess({ kind: 'deterministic', profile }, arrivalStreams(1), endNs)
}

describe('deterministic', () => {
  it('has exactly the arrivals of a constant rate, at exact instants', () => {
    const process = deterministic({ points: [{ atNs: 0, perSecond: 1e6 }] }, 2 * SECOND_NS)
    let wrong = 0
    for (let count = 1; count < 2e6; count++) {
      if (process.next() !== count * 1000) wrong += 1
    }
    expect(wrong).toBe(0)
    expect([process.next(), process.next()]).toEqual([Infinity, Infinity])
  })

  it('rounds the instant and not the gap', () => {
    const arrivals = allArrivals(deterministic({ points: [{ atNs: 0, perSecond: 3 }] }, 1000 * SECOND_NS))
    expect(arrivals.length).toBe(2999)
    expect(arrivals.every((atNs, index) => atNs === Math.round(((index + 1) * SECOND_NS) / 3))).toBe(true)
    expect(arrivals[2996]).toBe(999 * SECOND_NS)
  })

  it('reaches whole numbers on ramps up and down', () => {
    const profile = {
      points: [
        { atNs: 0, perSecond: 0 },
        { atNs: 60 * SECOND_NS, perSecond: 1000 },
        { atNs: 90 * SECOND_NS, perSecond: 1000 },
        { atNs: 120 * SECOND_NS, perSecond: 0 },
      ],
    }
    const arrivals = allArrivals(deterministic(profile, 1000 * SECOND_NS))
    expect(arrivals.length).toBe(30_000 + 30_000 + 15_000)
    for (const [index, atNs] of arrivals.entries()) {
      const integral = (profileMean(profile, 0, atNs) * atNs) / SECOND_NS
      expect(Math.abs(integral - (index + 1))).toBeLessThan(2e-6)
    }
    // The last one is due at the very end of the ramp, where its rate is zero.
    expect(arrivals.at(-1)).toBe(120 * SECOND_NS)
  })

  it('passes a pause and goes on with what was left', () => {
    const profile = {
      points: [
        { atNs: 0, perSecond: 1 },
        { atNs: 2.5 * SECOND_NS, perSecond: 1 },
        { atNs: 2.5 * SECOND_NS, perSecond: 0 },
        { atNs: 100 * SECOND_NS, perSecond: 0 },
        { atNs: 100 * SECOND_NS, perSecond: 1 },
      ],
    }
    expect(allArrivals(deterministic(profile, 102 * SECOND_NS)).map((atNs) => atNs / SECOND_NS)).toEqual([
      1, 2, 100.5, 101.5,
    ])
  })
})
