// The gamma function's logarithm, its regularised incomplete integrals and their inverse.
import { continuedFraction } from './continued-fraction.ts'
import { solveIncreasing } from './monotone-root.ts'

/** Terms after which the series is taken as it stands; about 5 sqrt(a) are needed. */
const TERMS_MAX = 100_000

/** Lanczos' g of the coefficients below. */
const LANCZOS_G = 607 / 128

/** Coefficients by P. Godfrey (2001) for g = 607/128 with 15 terms; the error of the sum is below 1e-15. */
const LANCZOS_COEFFICIENTS: readonly number[] = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
]

/**
 * ln Γ(x) for x > 0.
 *
 * C. Lanczos, A precision approximation of the gamma function (1964), section 3:
 * Γ(z + 1) = sqrt(2π) (z + g + 1/2)^(z + 1/2) e^-(z + g + 1/2) A_g(z).
 * Differs from the source: coefficients by P. Godfrey (2001); for x < 1/2 the recurrence Γ(x) = Γ(x + 1) / x is used.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const z = x - 1
  let sum = LANCZOS_COEFFICIENTS[0] ?? 0
  for (let k = LANCZOS_COEFFICIENTS.length - 1; k > 0; k -= 1) sum += (LANCZOS_COEFFICIENTS[k] ?? 0) / (z + k)
  const base = z + LANCZOS_G + 0.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(base) - base + Math.log(sum)
}

/** P(a, x) = γ(a, x) / Γ(a), the cumulative probability of a gamma variable of shape a > 0 and scale 1 at x. */
export function lowerGammaRatio(a: number, x: number): number {
  if (x <= 0) return 0
  if (x === Infinity) return 1
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x)
}

/** Q(a, x) = 1 - P(a, x), precise also where it is tiny. */
export function upperGammaRatio(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x)
}

/** The x with P(a, x) = probability, for 0 <= probability <= 1; NaN outside. */
export function inverseLowerGammaRatio(a: number, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN
  if (probability === 0) return 0
  if (probability === 1) return Infinity
  return Math.exp(solveLogOfGammaQuantile(a, probability))
}

/** Solved in u = ln x, where neither tail is flat: d P(a, e^u) / du = x^a e^-x / Γ(a). */
function solveLogOfGammaQuantile(a: number, probability: number): number {
  const logGammaOfA = logGamma(a)
  const slopeAt = (u: number): number => Math.exp(a * u - Math.exp(u) - logGammaOfA)
  const lower = { valueAt: (u: number) => lowerGammaRatio(a, Math.exp(u)), slopeAt }
  const upper = { valueAt: (u: number) => -upperGammaRatio(a, Math.exp(u)), slopeAt }
  // P(a, x) < x^a / Γ(a + 1), so the quantile is not below this.
  const low = (Math.log(probability) + logGamma(a + 1)) / a
  let high = Math.max(low, 0) + 1
  while (upperGammaRatio(a, Math.exp(high)) > 1 - probability) high += 1
  const bracket = { low: low - 1, high, start: low }
  return probability <= 0.5
    ? solveIncreasing(lower, probability, bracket)
    : solveIncreasing(upper, probability - 1, bracket)
}

/** NIST Digital Library of Mathematical Functions, 8.11.4: γ(a, x) = x^a e^-x Σ x^k / (a (a + 1) ... (a + k)). */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let k = 1; k < TERMS_MAX; k += 1) {
    term *= x / (a + k)
    sum += term
    if (term <= sum * Number.EPSILON * 0.25) break
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/**
 * NIST Digital Library of Mathematical Functions, 8.9.2, the continued fraction of Γ(a, x), in its even form
 * e^-x x^a / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))).
 */
function gammaFraction(a: number, x: number): number {
  const fraction = continuedFraction(
    (level) => (level === 1 ? 1 : (level - 1) * (a - level + 1)),
    (level) => x - a + 2 * level - 1,
  )
  return fraction * Math.exp(a * Math.log(x) - x - logGamma(a))
}
