/** Quantiles of distributions whose distribution function has no inverse in closed form. */

import { invariant } from '../kernel/invariant.ts'

/** Relative width at which the bracket is as narrow as the distribution function is precise. */
const WIDTH = 1e-15

/** Doublings from the scale: more than any double has. */
const DOUBLINGS_MAX = 2100

/**
 * Smallest x >= 0 with cdf(x) >= p by bisection, for 0 < p < 1.
 * @param cdf a distribution function on [0, infinity).
 * @param scale any positive value, best near the answer: where the search begins.
 */
export function invertCdf(cdf: (x: number) => number, p: number, scale: number): number {
  let high = scale
  for (let step = 0; cdf(high) < p; step++) {
    invariant(step < DOUBLINGS_MAX, 'a distribution function reaches every probability below 1')
    high *= 2
  }
  let low = 0
  while (high - low > WIDTH * high) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (cdf(middle) < p) low = middle
    else high = middle
  }
  return high
}
