// The daily and weekly curve: factors at the middles of hours, straight lines between them, repeated.

import { describe, expect, it } from 'vitest'
import { rateProfile } from '../../../../sim-core/traffic/profiles/registry.ts'
import { profileMean, profileRateAt } from '../../../../sim-core/traffic/rate-profile.ts'

const HOUR_NS = 3600e9
const DAY_NS = 24 * HOUR_NS

/** 0.0, 0.1, ... 2.3: every hour has a factor of its own. */
const daily = Array.from({ length: 24 }, (_, hour) => hour / 10)
const weekly = [1, 2, 3, 4, 5, 6, 7]

describe('daily', () => {
  it('has its factors at the middles of the hours and straight lines between', () => {
    const profile = rateProfile({ kind: 'daily', base: 1000, daily, startHour: 0 }, DAY_NS, 1)
    for (let hour = 0; hour < 24; hour++) {
      expect(profileRateAt(profile, (hour + 0.5) * HOUR_NS)).toBeCloseTo(hour * 100, 9)
    }
    expect(profileRateAt(profile, 3 * HOUR_NS)).toBeCloseTo(250, 9)
    expect(profileRateAt(profile, 0)).toBeCloseTo(1150, 9)
    expect(profileRateAt(profile, 24 * HOUR_NS)).toBeCloseTo(1150, 9)
  })

  it('starts at the hour it is told, a broken one too', () => {
    for (const startHour of [8, 8.25, 23.75, 0.5, 0.25]) {
      const profile = rateProfile({ kind: 'daily', base: 1000, daily, startHour }, 2 * DAY_NS, 1)
      expect(profile.points[0]!.atNs).toBe(0)
      expect(profileRateAt(profile, (24 + 12.5 - startHour) * HOUR_NS)).toBeCloseTo(1200, 9)
      expect(profileRateAt(profile, (24 + 13 - startHour) * HOUR_NS)).toBeCloseTo(1250, 9)
    }
  })

  it('keeps the mean of its factors over whole days', () => {
    const profile = rateProfile({ kind: 'daily', base: 1000, daily, startHour: 6 }, 3 * DAY_NS, 1)
    expect(profileMean(profile, 0, 3 * DAY_NS)).toBeCloseTo(1150, 6)
  })

  it('multiplies by the day, day 0 being that of the start, and repeats after a week', () => {
    const profile = rateProfile({ kind: 'daily', base: 1000, daily, weekly, startHour: 0 }, 9 * DAY_NS, 1)
    for (let day = 0; day < 9; day++) {
      expect(profileRateAt(profile, day * DAY_NS + 10.5 * HOUR_NS)).toBeCloseTo(1000 * weekly[day % 7]!, 8)
    }
    expect(profileRateAt(profile, 0)).toBeCloseTo((2300 * 7) / 2, 8)
    expect(profileRateAt(profile, DAY_NS)).toBeCloseTo(2300 / 2, 8)
  })

  it('covers the run and not much more', () => {
    const { points } = rateProfile({ kind: 'daily', base: 1, daily, startHour: 0 }, 10 * HOUR_NS, 1)
    expect(points.at(-1)!.atNs).toBe(10.5 * HOUR_NS)
    expect(points.length).toBe(12)
  })
})
