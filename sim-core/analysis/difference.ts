// The difference of two systems from their replications: paired under common random numbers, else as independent samples.
import { meanOf, sampleVariance } from './moments.ts'
import { studentTCdf } from './student-t.ts'

/** How sure a difference is known. */
export interface Spread {
  /** Of the mean difference. */
  readonly variance: number
  readonly degreesOfFreedom: number
}

/**
 * Spread of the mean of candidate - scale x baseline, where values of one index are of one replication.
 * @param scale 1 for the difference; a ratio r for the spread of the ratio, by residuals as in `ratioInterval`
 *
 * A. M. Law, Simulation Modeling and Analysis, 5th edition (2015), section 10.2.1, the paired-t confidence interval:
 * Var(Z̄(n)) = Σ (Z_j - Z̄)² / (n (n - 1)), n - 1 degrees of freedom. Differs from the source: the scale.
 */
export function pairedSpread(baseline: readonly number[], candidate: readonly number[], scale = 1): Spread {
  const differences = candidate.map((value, i) => value - scale * (baseline[i] ?? NaN))
  return { variance: sampleVariance(differences) / differences.length, degreesOfFreedom: differences.length - 1 }
}

/**
 * Spread of mean(candidate) - scale x mean(baseline) of two independent samples, of unequal variances and sizes.
 *
 * B. L. Welch, The significance of the difference between two means when the population variances are unequal,
 * Biometrika 29 (1938), with the degrees of freedom of F. E. Satterthwaite, An approximate distribution of estimates of
 * variance components, Biometrics Bulletin 2 (1946): v = s_1²/n_1 + s_2²/n_2,
 * ν = v² / ((s_1²/n_1)² / (n_1 - 1) + (s_2²/n_2)² / (n_2 - 1)). Differs from the source: the scale.
 */
export function welchSpread(baseline: readonly number[], candidate: readonly number[], scale = 1): Spread {
  const ofBaseline = (scale * scale * sampleVariance(baseline)) / baseline.length
  const ofCandidate = sampleVariance(candidate) / candidate.length
  const variance = ofBaseline + ofCandidate
  const least = Math.min(baseline.length, candidate.length) - 1
  if (variance === 0) return { variance, degreesOfFreedom: least }
  const perDegree = ofBaseline ** 2 / (baseline.length - 1) + ofCandidate ** 2 / (candidate.length - 1)
  return { variance, degreesOfFreedom: variance ** 2 / perDegree }
}

/**
 * Probability of a difference at least as far from 0 as this one, to either side, were there none. NaN without degrees of
 * freedom; 1 when nothing differs at all.
 */
export function twoSidedProbability(difference: number, { variance, degreesOfFreedom }: Spread): number {
  if (!(degreesOfFreedom > 0)) return NaN
  if (difference === 0) return 1
  return variance === 0 ? 0 : 2 * studentTCdf(-Math.abs(difference) / Math.sqrt(variance), degreesOfFreedom)
}

/**
 * Probabilities of a family, raised so that holding each against α keeps the chance of any false finding at α.
 *
 * S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979), as
 * adjusted probabilities: of the k-th smallest of m, max over j <= k of min(1, (m - j + 1) p_(j)).
 * Differs from the source: none.
 */
export function holmAdjusted(probabilities: readonly number[]): number[] {
  const ascending = probabilities.map((probability, index) => ({ probability, index }))
  ascending.sort((a, b) => a.probability - b.probability || a.index - b.index)
  const adjusted = probabilities.map(() => 1)
  let highest = 0
  for (const [k, { probability, index }] of ascending.entries()) {
    highest = Math.max(highest, Math.min(1, (probabilities.length - k) * probability))
    adjusted[index] = highest
  }
  return adjusted
}

/** Mean of candidate - baseline over the replications that both have. */
export function meanPairedDifference(baseline: readonly number[], candidate: readonly number[]): number {
  return meanOf(candidate.map((value, i) => value - (baseline[i] ?? NaN)))
}
