// Finds when something began that has a beginning: the start of the first stretch of time that holds much of it.

/** A level that rises this many times over its usual height has a beginning; less is the ordinary state. */
const RISE = 4
/** A stretch reaches from where the level leaves this share of its peak, and at least this many times the usual. */
const FOOT_SHARE = 0.1
const FOOT_RISE = 2
/** Stretches that hold this share of the whole count; the ups and downs of any queue are many and hold less each. */
const STRETCH_SHARE = 0.25

/**
 * The index at which a level, such as the length of a queue by bucket of time, first begins to rise for good; null when it
 * never rises far over what is usual (its lower quartile), when it comes and goes all the time, or is zero throughout.
 */
export function onsetOf(levels: readonly number[]): number | null {
  const usual = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 4)] ?? 0
  const highest = levels.reduce((most, level) => Math.max(most, level), 0)
  if (!(highest > RISE * usual)) return null
  const foot = Math.max(FOOT_SHARE * highest, FOOT_RISE * usual)
  const whole = levels.reduce((sum, level) => sum + level, 0)
  let start = 0
  let held = 0
  for (const [i, level] of levels.entries()) {
    if (level <= foot) {
      start = i + 1
      held = 0
      continue
    }
    held += level
    if (held >= STRETCH_SHARE * whole) return start
  }
  return null
}
