// Solves f(x) = target for an increasing f, the one root finder behind every quantile of this folder.

/** Steps after which the solver gives the best value it has: bisection alone halves 2^1100 to one ulp in fewer. */
const STEPS_MAX = 2_000

/** An increasing function and its derivative, both over the searched interval. */
export interface IncreasingFunction {
  readonly valueAt: (x: number) => number
  readonly slopeAt: (x: number) => number
}

/**
 * The x in [low, high] where an increasing function reaches `target`, to the last few bits that `valueAt` can tell apart.
 *
 * Newton's method safeguarded by bisection: W. H. Press, S. A. Teukolsky, W. T. Vetterling, B. P. Flannery, Numerical
 * Recipes, 3rd edition (2007), section 9.4: x' = x - (f(x) - target) / f'(x), and the middle of the bracket instead
 * wherever x' would leave it.
 * Differs from the source: the search ends when x no longer changes, instead of at a given accuracy.
 */
export function solveIncreasing(
  { valueAt, slopeAt }: IncreasingFunction,
  target: number,
  bracket: { readonly low: number; readonly high: number; readonly start: number },
): number {
  let { low, high } = bracket
  let x = bracket.start > low && bracket.start < high ? bracket.start : (low + high) / 2
  let errorBefore = Infinity
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const error = valueAt(x) - target
    if (error === 0) return x
    if (error > 0) high = x
    else low = x
    const middle = low + (high - low) / 2
    const newton = x - error / slopeAt(x)
    const converges = newton > low && newton < high && Math.abs(error) < errorBefore
    errorBefore = converges ? Math.abs(error) : Infinity
    const next = converges ? newton : middle
    if (next === x || Math.abs(next - x) <= Number.EPSILON * Math.abs(next)) return next
    x = next
  }
  return x
}
