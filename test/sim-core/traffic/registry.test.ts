// What every registered traffic profile and arrival process must hold.

import { describe, expect, it } from 'vitest'
import { profileDefinitions, rateProfile, userProfile } from '../../../sim-core/traffic/profiles/registry.ts'
import type { ProfileKind, ProfileSpec } from '../../../sim-core/traffic/profiles/registry.ts'
import { arrivalDefinitions, arrivalMeanPerSecond, createArrivalProcess } from '../../../sim-core/traffic/registry.ts'
import type { ArrivalKind, ArrivalSpec } from '../../../sim-core/traffic/registry.ts'
import { profilePeak } from '../../../sim-core/traffic/rate-profile.ts'
import { allArrivals, arrivalStreams } from './arrivals-fixture.ts'

const SECOND_NS = 1e9
const END_NS = 100 * SECOND_NS

/** One example of every profile; a new one does not compile without. */
const profiles: { readonly [Kind in ProfileKind]: ProfileSpec<Kind> } = {
  constant: { kind: 'constant', level: 200 },
  stages: { kind: 'stages', from: 100, stages: [{ overNs: END_NS / 2, to: 300 }, { jump: 50 }] },
  steps: { kind: 'steps', steps: [100, 300].map((level) => ({ forNs: END_NS / 2, level })) },
  daily: { kind: 'daily', base: 200, daily: Array.from({ length: 24 }, (_, hour) => hour / 12), startHour: 7.99 },
  k6: {
    kind: 'k6',
    start: 0,
    k6: [
      { durationNs: END_NS / 2, target: 300 },
      { durationNs: END_NS, target: 10 },
    ],
  },
}

/** One example of every arrival process, all near 200/s. */
const arrivals: { readonly [Kind in ArrivalKind]: ArrivalSpec<Kind> } = {
  poisson: { kind: 'poisson', profile: rateProfile(profiles.constant, END_NS, 1) },
  deterministic: { kind: 'deterministic', profile: rateProfile(profiles.stages, END_NS, 1) },
  bursty: {
    kind: 'bursty',
    profile: rateProfile(profiles.k6, END_NS, 1),
    factor: 3,
    share: 0.3,
    meanBurstNs: SECOND_NS / 10,
  },
  mmpp: { kind: 'mmpp', phases: [100, 300].map((perSecond) => ({ perSecond, meanNs: SECOND_NS / 10 })) },
  interarrival: { kind: 'interarrival', distribution: { type: 'gamma', shape: 0.5, scale: 1e7 } },
}

describe.each(Object.entries(profiles))('profile %s', (id, spec) => {
  it('is described', () => {
    const definition = profileDefinitions[spec.kind]
    expect(definition.id).toBe(id)
    expect(definition.label).not.toBe('')
    expect(definition.help).toMatch(/\.$/)
  })

  it('has points in order from 0 on with levels of at least 0', () => {
    const { points } = rateProfile(spec, END_NS, 1)
    expect(points[0]!.atNs).toBe(0)
    for (const [index, { atNs, perSecond }] of points.entries()) {
      expect(Number.isInteger(atNs) && perSecond >= 0).toBe(true)
      expect(atNs).toBeGreaterThanOrEqual(points[index - 1]?.atNs ?? 0)
      // A third point at one instant could never hold.
      expect(index < 2 || points[index - 2]!.atNs < atNs).toBe(true)
    }
  })

  it('scales with growth, and gives users the same levels', () => {
    const profile = rateProfile(spec, END_NS, 1)
    expect(profilePeak(rateProfile(spec, END_NS, 2), END_NS)).toBeCloseTo(2 * profilePeak(profile, END_NS), 9)
    expect(userProfile(spec, END_NS).points.map(({ users }) => users)).toEqual(
      profile.points.map(({ perSecond }) => perSecond),
    )
  })
})

describe.each(Object.entries(arrivals))('arrivals %s', (id, spec) => {
  it('is described', () => {
    const definition = arrivalDefinitions[spec.kind]
    expect(definition.id).toBe(id)
    expect(definition.label).not.toBe('')
    expect(definition.help).toMatch(/\.$/)
    expect(definition.source).not.toBe('')
  })

  it('arrives in order, at whole ns, before the end, and then never again', () => {
    const process = createArrivalProcess(spec, arrivalStreams(11), END_NS)
    const found = allArrivals(process)
    expect(found.every((atNs, index) => Number.isInteger(atNs) && atNs >= (found[index - 1] ?? 0))).toBe(true)
    expect(found.at(-1)).toBeLessThan(END_NS)
    expect([process.next(), process.next(), process.next()]).toEqual([Infinity, Infinity, Infinity])
  })

  it('arrives as often as it says', () => {
    const found = allArrivals(createArrivalProcess(spec, arrivalStreams(12), END_NS))
    const expected = arrivalMeanPerSecond(spec, 0, END_NS) * (END_NS / SECOND_NS)
    expect(Math.abs(found.length - expected)).toBeLessThan(0.05 * expected)
  })

  it('repeats itself under one seed, and a longer run only adds to it', () => {
    const short = allArrivals(createArrivalProcess(spec, arrivalStreams(13), END_NS / 4))
    const long = allArrivals(createArrivalProcess(spec, arrivalStreams(13), END_NS))
    expect(short.length).toBeGreaterThan(1000)
    expect(long.slice(0, short.length)).toEqual(short)
    expect(long[short.length]).toBeGreaterThanOrEqual(END_NS / 4)
  })
})
