// Confidence intervals over independent replications: a mean, a paired difference, a ratio of means.
import { meanOf, sampleVariance } from './moments.ts'
import { studentTQuantile } from './student-t.ts'

/** A point estimate with its confidence limits, all in the unit of what was measured; NaN limits when n = 1. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/**
 * Student's t-interval of the mean of independent, roughly normal values, one per replication.
 * @param level confidence in 0..1, such as 0.95. One value gives NaN limits, no value gives NaN throughout.
 *
 * A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), section 4.5, equation 4.12:
 * X̄(n) ± t_{n-1,1-α/2} sqrt(S²(n) / n). Differs from the source: none.
 */
export function tInterval(values: readonly number[], level: number): Interval {
  const mean = meanOf(values)
  return around(mean, tHalfWidth(sampleVariance(values) / values.length, values.length - 1, level))
}

/**
 * Interval of the mean difference a - b of two systems run under common random numbers: a[i] and b[i] are of one
 * replication. Surplus values of the longer list are ignored.
 *
 * A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), section 10.2.1, the paired-t confidence interval:
 * Z_j = X_1j - X_2j, Z̄(n) ± t_{n-1,1-α/2} sqrt(Var(Z̄(n))). Differs from the source: none.
 */
export function pairedDifferenceInterval(a: readonly number[], b: readonly number[], level: number): Interval {
  const pairs = Math.min(a.length, b.length)
  return tInterval(
    Array.from({ length: pairs }, (_, i) => (a[i] ?? NaN) - (b[i] ?? NaN)),
    level,
  )
}

/**
 * Interval of the ratio E[numerator] / E[denominator], such as errors per request, from one pair per replication.
 * Surplus values of the longer list are ignored.
 *
 * M. A. Crane, D. L. Iglehart, Simulating stable stochastic systems III, Operations Research 23 (1975), the classical
 * estimator: r̂ = Ȳ / X̄, s² = s_YY - 2 r̂ s_XY + r̂² s_XX, r̂ ± z_{1-α/2} s / (X̄ sqrt(n)).
 * Differs from the source: t with n - 1 degrees of freedom for z, because replications are few.
 */
export function ratioInterval(numerators: readonly number[], denominators: readonly number[], level: number): Interval {
  const pairs = Math.min(numerators.length, denominators.length)
  const denominatorMean = meanOf(denominators.slice(0, pairs))
  const ratio = meanOf(numerators.slice(0, pairs)) / denominatorMean
  // The variance of Y - r X is s_YY - 2 r s_XY + r² s_XX, without the cancellation of that sum.
  const residuals = Array.from({ length: pairs }, (_, i) => (numerators[i] ?? NaN) - ratio * (denominators[i] ?? NaN))
  const varianceOfRatio = sampleVariance(residuals) / pairs / (denominatorMean * denominatorMean)
  return around(ratio, tHalfWidth(varianceOfRatio, pairs - 1, level))
}

/** t_{df,1-α/2} sqrt(varianceOfMean) for the two-sided confidence `level` = 1 - α; NaN without degrees of freedom. */
export function tHalfWidth(varianceOfMean: number, degreesOfFreedom: number, level: number): number {
  if (!(degreesOfFreedom > 0)) return NaN
  return studentTQuantile(0.5 + level / 2, degreesOfFreedom) * Math.sqrt(varianceOfMean)
}

/** Half the width of an interval relative to its mean's magnitude; NaN when the limits are unknown. */
export function relativeHalfWidth(interval: Interval): number {
  const halfWidth = (interval.high - interval.low) / 2
  return halfWidth === 0 ? 0 : halfWidth / Math.abs(interval.mean)
}

function around(mean: number, halfWidth: number): Interval {
  return { mean, low: mean - halfWidth, high: mean + halfWidth }
}
