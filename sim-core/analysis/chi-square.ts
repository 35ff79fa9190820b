// The chi-square distribution: cumulative probability and quantile.
import { inverseLowerGammaRatio, lowerGammaRatio } from './gamma-function.ts'

/**
 * The probability that a chi-square variable with `degreesOfFreedom` > 0 is at most x.
 * N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 1, 2nd edition (1994), chapter 18:
 * F(x) = P(ν/2, x/2).
 */
export function chiSquareCdf(x: number, degreesOfFreedom: number): number {
  return lowerGammaRatio(degreesOfFreedom / 2, x / 2)
}

/** The x at which `chiSquareCdf` is `probability`; 0 at 0, Infinity at 1, NaN outside. */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  return 2 * inverseLowerGammaRatio(degreesOfFreedom / 2, probability)
}
