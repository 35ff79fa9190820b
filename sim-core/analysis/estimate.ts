// Figures with their intervals from figures per sample.
import { tInterval } from './confidence.ts'
import type { Estimate } from './study-result.ts'

/** No figure at all. */
export const NO_ESTIMATE: Estimate = { mean: null, low: null, high: null }

/**
 * `value` is the figure of all samples together, `perSample` the same figure of each; their spread gives the interval
 * around it (Student's t). Samples without a figure (NaN) are left out; with fewer than two there is no interval.
 */
export function estimate(value: number, perSample: readonly number[], confidence: number): Estimate {
  if (!Number.isFinite(value)) return NO_ESTIMATE
  const known = perSample.filter(Number.isFinite)
  if (known.length < 2) return { mean: value, low: null, high: null }
  const { low, high } = tInterval(known, confidence)
  const halfWidth = (high - low) / 2
  return { mean: value, low: value - halfWidth, high: value + halfWidth }
}

/** The same estimate in another unit. */
export function scaled({ mean, low, high }: Estimate, factor: number): Estimate {
  const times = (value: number | null): number | null => (value === null ? null : value * factor)
  return { mean: times(mean), low: times(low), high: times(high) }
}
