/** Simulated time: integer nanoseconds held in a double, and every conversion to and from other units. */

/** Nanoseconds in a microsecond. */
export const NS_PER_US = 1_000

/** Nanoseconds in a millisecond. */
export const NS_PER_MS = 1_000_000

/** Nanoseconds in a second. */
export const NS_PER_SECOND = 1_000_000_000

/** Nanoseconds in a minute. */
export const NS_PER_MINUTE = 60 * NS_PER_SECOND

/** Nanoseconds in an hour. */
export const NS_PER_HOUR = 60 * NS_PER_MINUTE

/** Nanoseconds in a day of 24 hours; simulated time knows no leap seconds and no daylight saving. */
export const NS_PER_DAY = 24 * NS_PER_HOUR

/** Nanoseconds in a week. */
export const NS_PER_WEEK = 7 * NS_PER_DAY

/** The latest instant: every integer up to 2^53 - 1 is exact in a double, which is 104 days of nanoseconds. */
export const MAX_TIME_NS = Number.MAX_SAFE_INTEGER

/** The nearest whole nanosecond (halves go up), never negative; what turns a drawn duration into simulated time. */
export function roundNs(durationNs: number): number {
  return durationNs > 0 ? Math.floor(durationNs + 0.5) : 0
}

/** Seconds to nanoseconds, rounded to the nearest whole one. */
export function secondsToNs(seconds: number): number {
  return roundNs(seconds * NS_PER_SECOND)
}

/** Milliseconds to nanoseconds, rounded to the nearest whole one. */
export function msToNs(milliseconds: number): number {
  return roundNs(milliseconds * NS_PER_MS)
}

/** Nanoseconds to milliseconds. */
export function nsToMs(durationNs: number): number {
  return durationNs / NS_PER_MS
}
