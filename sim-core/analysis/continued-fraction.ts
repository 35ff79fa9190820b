// Evaluates continued fractions, the part that the incomplete gamma and beta functions share.

/** Levels after which the fraction is taken as it stands; about 5 sqrt(a) are needed for a parameter of a. */
const LEVELS_MAX = 100_000

/** Stands in for a zero denominator; far below any term that matters. */
const TINIEST = 1e-300

/**
 * a_1 / (b_1 + a_2 / (b_2 + ...)), until a level changes nothing.
 *
 * The method of W. J. Lentz, Applied Optics 15 (1976), as modified by I. J. Thompson and A. R. Barnett, Journal of
 * Computational Physics 64 (1986), section 3: D_k = 1 / (b_k + a_k D_{k-1}), C_k = b_k + a_k / C_{k-1}, f_k = f_{k-1} C_k D_k.
 * Differs from the source: none.
 */
export function continuedFraction(
  numeratorAt: (level: number) => number,
  denominatorAt: (level: number) => number,
): number {
  let fraction = TINIEST
  let c = TINIEST
  let d = 0
  for (let level = 1; level < LEVELS_MAX; level += 1) {
    const numerator = numeratorAt(level)
    const denominator = denominatorAt(level)
    d = 1 / awayFromZero(denominator + numerator * d)
    c = awayFromZero(denominator + numerator / c)
    const factor = c * d
    fraction *= factor
    if (Math.abs(factor - 1) <= Number.EPSILON) break
  }
  return fraction
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINIEST ? TINIEST : value
}
