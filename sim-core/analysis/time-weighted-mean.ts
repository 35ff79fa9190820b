// The mean over time of a quantity that changes in steps, such as a queue length.

/**
 * The time average of a step function: `values[i]` holds from `times[i]` until `times[i + 1]`, the last until `end`.
 * Times ascend, in any one unit. NaN when no time passes.
 *
 * A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), section 1.4.1: q̂(n) = ∫0..T Q(t) dt / T.
 * Differs from the source: the average starts at `times[0]`.
 */
export function timeWeightedMean(times: ArrayLike<number>, values: ArrayLike<number>, end: number): number {
  const start = times[0] ?? NaN
  let area = 0
  for (let i = 0; i < times.length; i += 1) {
    const until = i + 1 < times.length ? (times[i + 1] ?? NaN) : end
    area += (values[i] ?? NaN) * (until - (times[i] ?? NaN))
  }
  return area / (end - start)
}
