// Figures with their intervals from figures per sample.
import { tInterval } from './confidence.ts'
import type { Estimate } from './study-result.ts'

/** No figure at all. */
export const NO_ESTIMATE: Estimate = { mean: null, low: null, high: null }

/** What figures can be at all; an interval is cut off there, which takes nothing from its confidence. */
interface Range {
  readonly least: number
  readonly most: number
}

/** What rounding may add to a share. */
const HAIR = 1e-9

/** Durations, rates, lengths. */
export const NOT_NEGATIVE: Range = { least: 0, most: Infinity }
/** Shares of a whole. */
export const RATIO: Range = { least: 0, most: 1 }

/**
 * `value` is the figure of all samples together, `perSample` the same figure of each; their spread gives the interval
 * around it (Student's t). The figure of all is the one that a reader expects, such as the quantile of all requests, and it
 * is consistent where a mean of quantiles or of ratios is not. Samples without a figure (NaN) are left out; with fewer
 * than two there is no interval.
 */
export function estimate(
  value: number,
  perSample: readonly number[],
  confidence: number,
  range: Range = NOT_NEGATIVE,
): Estimate {
  if (!Number.isFinite(value)) return NO_ESTIMATE
  const known = perSample.filter(Number.isFinite)
  if (known.length < 2) return { mean: value, low: null, high: null }
  const { low, high } = tInterval(known, confidence)
  const halfWidth = (high - low) / 2
  const { least, most } = boundsOf(known, range)
  // Rounding may put a figure a hair outside its range; the interval contains it all the same.
  return {
    mean: value,
    low: Math.min(value, Math.max(least, value - halfWidth)),
    high: Math.max(value, Math.min(most, value + halfWidth)),
  }
}

/** Where a sample lies outside, by more than rounding, the figure has no such bound: a detour saves less than nothing. */
function boundsOf(samples: readonly number[], { least, most }: Range): Range {
  return {
    least: samples.some((sample) => sample < least - HAIR) ? -Infinity : least,
    most: samples.some((sample) => sample > most + HAIR) ? Infinity : most,
  }
}

/** Half the width of the interval, of its wider side where it is cut off; null without one. */
export function halfWidthOf({ mean, low, high }: Estimate): number | null {
  return mean === null || low === null || high === null ? null : Math.max(high - mean, mean - low)
}

/** The same estimate in another unit. */
export function scaled({ mean, low, high }: Estimate, factor: number): Estimate {
  const times = (value: number | null): number | null => (value === null ? null : value * factor)
  return { mean: times(mean), low: times(low), high: times(high) }
}
