/** How many arrivals per second a source wants over the run, and the figures that estimates and charts ask of it. */

import { invariant } from '../kernel/invariant.ts'
import { interpolate, lastPointAt } from './piecewise-linear.ts'

/** A rate from an instant on. */
export interface RatePoint {
  /** Integer ns since the start of the run. */
  readonly atNs: number
  /** Arrivals per second, at least 0. */
  readonly perSecond: number
}

/**
 * A rate over time: straight lines between the points, which are in order of time. Two points at one instant are a jump,
 * and the later one holds there. After the last point its value holds.
 */
export interface RateProfile {
  /** At least one, the first at 0. */
  readonly points: readonly RatePoint[]
}

/** The same rate at every instant. */
export function constantRate(perSecond: number): RateProfile {
  return { points: [{ atNs: 0, perSecond }] }
}

/** The profile with every rate multiplied; arrivals of the scaled profile keep the random numbers of the original. */
export function scaleProfile(profile: RateProfile, factor: number): RateProfile {
  return { points: profile.points.map(({ atNs, perSecond }) => ({ atNs, perSecond: perSecond * factor })) }
}

/** Arrivals per second at an instant; after a jump at that very instant. O(log n). */
export function profileRateAt(profile: RateProfile, tNs: number): number {
  const { points } = profile
  const index = lastPointAt(points, tNs)
  const from = points[Math.max(index, 0)]
  invariant(from !== undefined, 'a rate profile has at least one point')
  const to = points[index + 1]
  if (index < 0 || to === undefined) return from.perSecond
  return interpolate(from.atNs, from.perSecond, to.atNs, to.perSecond, tNs)
}

/** Mean arrivals per second from `fromNs` to the later `toNs`; the rate there when they are equal. O(n). */
export function profileMean(profile: RateProfile, fromNs: number, toNs: number): number {
  if (toNs === fromNs) return profileRateAt(profile, fromNs)
  let area = 0
  let lastNs = fromNs
  let lastRate = profileRateAt(profile, fromNs)
  for (const { atNs, perSecond } of profile.points) {
    if (atNs <= fromNs) continue
    if (atNs >= toNs) break
    area += ((lastRate + perSecond) / 2) * (atNs - lastNs)
    lastNs = atNs
    lastRate = perSecond
  }
  area += ((lastRate + rateBefore(profile, toNs)) / 2) * (toNs - lastNs)
  return area / (toNs - fromNs)
}

/** The highest rate in [0, endNs), per second; a ramp that is still rising at the end counts up to there. O(n). */
export function profilePeak(profile: RateProfile, endNs: number): number {
  let peak = rateBefore(profile, endNs)
  for (const { atNs, perSecond } of profile.points) {
    if (atNs < endNs) peak = Math.max(peak, perSecond)
  }
  return peak
}

/** The rate just before an instant: what a ramp has reached when a jump follows at that very instant. */
function rateBefore(profile: RateProfile, tNs: number): number {
  const { points } = profile
  let index = lastPointAt(points, tNs)
  while (index > 0 && points[index]!.atNs === tNs && points[index - 1]!.atNs === tNs) index--
  const point = points[Math.max(index, 0)]
  invariant(point !== undefined, 'a rate profile has at least one point')
  return point.atNs === tNs ? point.perSecond : profileRateAt(profile, tNs)
}
