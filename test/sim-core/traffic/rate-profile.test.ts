// Rates over time: value, mean and peak of straight pieces, jumps and what holds after the last point.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  constantRate,
  profileMean,
  profilePeak,
  profileRateAt,
  scaleProfile,
} from '../../../sim-core/traffic/rate-profile.ts'
import type { RateProfile } from '../../../sim-core/traffic/rate-profile.ts'

/** 100/s, ramp to 300/s from 10 to 20, jump to 50/s at 30, held. */
const profile: RateProfile = {
  points: [
    { atNs: 0, perSecond: 100 },
    { atNs: 10, perSecond: 100 },
    { atNs: 20, perSecond: 300 },
    { atNs: 30, perSecond: 300 },
    { atNs: 30, perSecond: 50 },
  ],
}

const randomProfiles: fc.Arbitrary<RateProfile> = fc
  .array(fc.record({ gapNs: fc.integer({ min: 0, max: 20 }), perSecond: fc.integer({ min: 0, max: 100 }) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((steps) => {
    let atNs = 0
    const points = steps.map(({ gapNs, perSecond }, index) => ({ atNs: index === 0 ? 0 : (atNs += gapNs), perSecond }))
    return { points }
  })

describe('rate profile', () => {
  it('is linear between points, takes the later rate at a jump, and holds the last', () => {
    expect([0, 5, 15, 20, 29, 30, 1e9].map((tNs) => profileRateAt(profile, tNs))).toEqual([
      100, 100, 200, 300, 300, 50, 50,
    ])
  })

  it('has means that are areas over lengths', () => {
    expect(profileMean(profile, 0, 10)).toBe(100)
    expect(profileMean(profile, 10, 20)).toBe(200)
    expect(profileMean(profile, 12, 14)).toBe(160)
    expect(profileMean(profile, 20, 40)).toBe(175)
    expect(profileMean(profile, 30, 130)).toBe(50)
    expect(profileMean(profile, 15, 15)).toBe(200)
  })

  it('has a peak that counts what a ramp has reached at the end and nothing later', () => {
    expect(profilePeak(profile, 15)).toBe(200)
    expect(profilePeak(profile, 30)).toBe(300)
    expect(
      profilePeak(
        {
          points: [
            { atNs: 0, perSecond: 1 },
            { atNs: 5, perSecond: 9 },
            { atNs: 5, perSecond: 2 },
          ],
        },
        5,
      ),
    ).toBe(9)
    expect(
      profilePeak(
        {
          points: [
            { atNs: 0, perSecond: 1 },
            { atNs: 5, perSecond: 1 },
            { atNs: 5, perSecond: 9 },
          ],
        },
        5,
      ),
    ).toBe(1)
  })

  it('scales every rate', () => {
    expect(profileRateAt(scaleProfile(profile, 1.5), 15)).toBe(300)
    expect(profileMean(scaleProfile(constantRate(4), 2), 0, 7)).toBe(8)
  })

  it('has a mean that agrees with a fine sum of its own values', () => {
    fc.assert(
      fc.property(randomProfiles, fc.nat(100), fc.integer({ min: 1, max: 100 }), (each, fromNs, lengthNs) => {
        const slices = 100
        let sum = 0
        for (let slice = 0; slice < lengthNs * slices; slice++) {
          sum += profileRateAt(each, fromNs + (slice + 0.5) / slices)
        }
        const mean = profileMean(each, fromNs, fromNs + lengthNs)
        expect(mean).toBeCloseTo(sum / (lengthNs * slices), 6)
        expect(mean).toBeLessThanOrEqual(profilePeak(each, fromNs + lengthNs) + 1e-9)
      }),
      { numRuns: 50 },
    )
  })
})
