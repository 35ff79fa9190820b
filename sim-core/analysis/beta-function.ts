// The regularised incomplete beta function and its inverse, behind Student's t and the binomial.
import { continuedFraction } from './continued-fraction.ts'
import { logGamma } from './gamma-function.ts'
import { solveIncreasing } from './monotone-root.ts'

/** ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b), for a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b)
}

/**
 * I_x(a, b), the cumulative probability of a beta variable at x in [0, 1], for a, b > 0.
 * @param complement 1 - x, given by callers who know it more precisely than the subtraction does.
 *
 * NIST Digital Library of Mathematical Functions, 8.17.22 with 8.17.4 (I_x(a, b) = 1 - I_{1-x}(b, a)) where
 * x > (a + 1) / (a + b + 2), because the fraction converges quickly on one side only. Differs from the source: none.
 */
export function betaRatio(x: number, a: number, b: number, complement: number = 1 - x): number {
  if (!(x > 0)) return 0
  if (!(complement > 0)) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log(complement) - logBeta(a, b))
  if (x <= (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(complement, b, a)) / b
}

/** The x with I_x(a, b) = probability, for 0 <= probability <= 1; NaN outside. */
export function inverseBetaRatio(probability: number, a: number, b: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN
  if (probability === 0 || probability === 1) return probability
  const logOfBeta = logBeta(a, b)
  const beta = {
    valueAt: (x: number) => betaRatio(x, a, b),
    slopeAt: (x: number) => Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logOfBeta),
  }
  return solveIncreasing(beta, probability, { low: 0, high: 1, start: a / (a + b) })
}

/**
 * The continued fraction 1 / (1 + d_1 / (1 + d_2 / (1 + ...))) of 8.17.22, with d_2m = m (b - m) x / ((a + 2m - 1)(a + 2m)) and
 * d_2m+1 = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1)).
 */
function betaFraction(x: number, a: number, b: number): number {
  const numeratorAt = (level: number): number => {
    if (level === 1) return 1
    const m = Math.floor((level - 1) / 2)
    if (level % 2 === 1) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
  }
  return continuedFraction(numeratorAt, () => 1)
}
