/** The traffic profile that follows the hours of the day and the days of the week. */

import { invariant } from '../../kernel/invariant.ts'
import { NS_PER_HOUR, roundNs } from '../../kernel/time.ts'
import { interpolate } from '../piecewise-linear.ts'
import type { LevelPoint, ProfileDefinition } from './profile.ts'

const HOURS_PER_DAY = 24
const DAYS_PER_WEEK = 7

/** A base level and what multiplies it. */
export interface DailySpec {
  /** Arrivals per second, or users; at least 0. */
  readonly base: number
  /** 24 factors, one per hour from midnight on, each at least 0. */
  readonly daily: readonly number[]
  /** 7 factors, one per day, the first for the day on which the run starts; all 1 when absent. */
  readonly weekly?: readonly number[] | undefined
  /** Hour of the first day at which the run starts, 0 <= startHour < 24; fractions are allowed. */
  readonly startHour: number
}

/** `rate: { base: 1000/s, daily: [24 factors], weekly: [7 factors], start_hour: 8 }` */
export const dailyProfile: ProfileDefinition<DailySpec> = {
  id: 'daily',
  label: 'Daily and weekly curve',
  help:
    'A base rate times a factor for the hour and, if given, for the day. A factor holds exactly at the middle of its hour; ' +
    'between the middles of neighbouring hours, also across midnight, the rate is a straight line. The curve repeats.',
  source: 'A form of our own; no publication.',
  differs: '',
  points(spec, durationNs) {
    invariant(spec.daily.length === HOURS_PER_DAY, 'a daily curve has 24 factors')
    invariant(spec.weekly === undefined || spec.weekly.length === DAYS_PER_WEEK, 'a weekly curve has 7 factors')
    let hour = Math.floor(spec.startHour - 0.5)
    const points: LevelPoint[] = [{ atNs: 0, level: levelAtStart(spec, hour) }]
    for (let atNs = 0; atNs < durationNs;) {
      hour++
      atNs = middleNs(spec, hour)
      if (atNs > 0) points.push({ atNs, level: hourLevel(spec, hour) })
    }
    return points
  },
}

/** The level at the start of the run, which lies between the middles of `hour` and the hour after. */
function levelAtStart(spec: DailySpec, hour: number): number {
  return interpolate(
    middleNs(spec, hour),
    hourLevel(spec, hour),
    middleNs(spec, hour + 1),
    hourLevel(spec, hour + 1),
    0,
  )
}

/** When the middle of an hour falls; hours count from midnight of the first day, -1 is the hour before it. */
function middleNs(spec: DailySpec, hour: number): number {
  const ns = (hour + 0.5 - spec.startHour) * NS_PER_HOUR
  return ns < 0 ? -roundNs(-ns) : roundNs(ns)
}

/** The level in the middle of an hour. */
function hourLevel({ base, daily, weekly }: DailySpec, hour: number): number {
  const day = Math.floor(hour / HOURS_PER_DAY)
  const hourFactor = daily[hour - day * HOURS_PER_DAY]!
  const dayFactor = weekly === undefined ? 1 : weekly[(day + DAYS_PER_WEEK) % DAYS_PER_WEEK]!
  return base * hourFactor * dayFactor
}
