// Student's t distribution: cumulative probability and quantile, the factor of every confidence interval.
import { betaRatio, logBeta } from './beta-function.ts'
import { solveIncreasing } from './monotone-root.ts'
import { normalQuantile } from './normal.ts'

/** Tail probability above which the quantile is solved from the centre, where the tail itself has lost its digits. */
const TAIL_LIMIT = 0.25

/**
 * The probability that Student's t with `degreesOfFreedom` > 0 is at most t.
 * N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions 2, 2nd edition (1995), chapter 28:
 * P(|T| > t) = I_x(ν/2, 1/2) with x = ν / (ν + t²).
 */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return t < 0 ? upperTail(-t, degreesOfFreedom) : 0.5 + centre(t, degreesOfFreedom)
}

/** The t at which `studentTCdf` is `probability`; -Infinity at 0, Infinity at 1, NaN outside. */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN
  const tail = Math.min(probability, 1 - probability)
  if (tail === 0) return probability === 0 ? -Infinity : Infinity
  if (tail === 0.5) return 0
  const magnitude = quantileOfTail(tail, degreesOfFreedom)
  return probability < 0.5 ? -magnitude : magnitude
}

function quantileOfTail(tail: number, degreesOfFreedom: number): number {
  let high = 1
  while (upperTail(high, degreesOfFreedom) > tail) high *= 2
  const bracket = { low: 0, high, start: -normalQuantile(tail) }
  const logOfConstant = -logBeta(degreesOfFreedom / 2, 0.5) - 0.5 * Math.log(degreesOfFreedom)
  const slopeAt = (t: number): number =>
    Math.exp(logOfConstant - ((degreesOfFreedom + 1) / 2) * Math.log1p((t * t) / degreesOfFreedom))
  if (tail > TAIL_LIMIT) {
    return solveIncreasing({ valueAt: (t) => centre(t, degreesOfFreedom), slopeAt }, 0.5 - tail, bracket)
  }
  return solveIncreasing({ valueAt: (t) => -upperTail(t, degreesOfFreedom), slopeAt }, -tail, bracket)
}

/** P(T > t) for t >= 0. */
function upperTail(t: number, degreesOfFreedom: number): number {
  const sum = degreesOfFreedom + t * t
  return 0.5 * betaRatio(degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5, (t * t) / sum)
}

/** P(0 < T < t) for t >= 0. */
function centre(t: number, degreesOfFreedom: number): number {
  if (t === Infinity) return 0.5
  const sum = degreesOfFreedom + t * t
  return 0.5 * betaRatio((t * t) / sum, 0.5, degreesOfFreedom / 2, degreesOfFreedom / sum)
}
