/** The special functions behind distribution functions: incomplete gamma, normal distribution and its inverse. */

import { invariant } from '../kernel/invariant.ts'
import { exp, log, logGamma } from '../kernel/deterministic-math.ts'

/** Relative size below which a further term changes nothing. */
const CONVERGED = 1e-17

/** Stands for zero in a denominator of the continued fraction. */
const TINY = 1e-300

/**
 * Regularised lower incomplete gamma function P(a, x) for a > 0, x >= 0; takes O(sqrt(a)) steps near x = a.
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.11.4 (x^a e^-x / Gamma(a) * sum of x^k / (a (a+1) ... (a+k)))
 * and 8.9.2 (continued fraction of Q = 1 - P), each where it converges fast. Differs from the source: none.
 */
export function regularizedGammaP(a: number, x: number): number {
  if (x <= 0) return 0
  if (x === Infinity) return 1
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** 1 - P(a, x), without cancellation where that is small. */
export function regularizedGammaQ(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Infinity) return 0
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

function gammaDensityFactor(a: number, x: number): number {
  return exp(a * log(x) - x - logGamma(a))
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let divisor = a + 1; term > sum * CONVERGED; divisor++) {
    term *= x / divisor
    sum += term
  }
  return sum * gammaDensityFactor(a, x)
}

/** Lentz's method in the form of I. J. Thompson, A. R. Barnett, J. Comput. Phys. 64, 1986, section 3. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let step = 1; ; step++) {
    const numerator = -step * (step - a)
    b += 2
    const denominator = numerator * d + b
    d = 1 / (Math.abs(denominator) < TINY ? TINY : denominator)
    const ratio = b + numerator / c
    c = Math.abs(ratio) < TINY ? TINY : ratio
    const factor = c * d
    fraction *= factor
    // One unit in the last place is as near as the product gets.
    if (Math.abs(factor - 1) <= 2.3e-16) return fraction * gammaDensityFactor(a, x)
  }
}

/** Standard normal distribution function: Q(1/2, x^2 / 2) / 2 below zero (DLMF 7.11.2), its complement above. */
export function normalCdf(x: number): number {
  const beyond = 0.5 * regularizedGammaQ(0.5, 0.5 * x * x)
  return x < 0 ? beyond : 1 - beyond
}

/** 1 / sqrt(2 pi), the standard normal density at zero. */
const NORMAL_PEAK = 0.3989422804014327

/** Standard normal density. */
export function normalDensity(x: number): number {
  return NORMAL_PEAK * exp(-0.5 * x * x)
}

/** Half width of the central region, and the square root of -ln p where the far tail begins. */
const CENTRAL = 0.425
const FAR_TAIL = 5

const CENTRAL_NUMERATOR = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]
const CENTRAL_DENOMINATOR = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852855,
]
const TAIL_NUMERATOR = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 7.745450142783414e-4,
]
const TAIL_DENOMINATOR = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  5.475938084995345e-4, 1.0507500716444169e-9,
]
const FAR_NUMERATOR = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const FAR_DENOMINATOR = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
}

/**
 * Inverse of the standard normal distribution function for p in 0..1, relative error about 1e-16.
 *
 * Source: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Appl. Stat. 37(3), 1988,
 * routine PPND16. Differs from the source: none.
 */
export function normalQuantile(p: number): number {
  invariant(p >= 0 && p <= 1, 'a quantile is asked for at a probability of 0 to 1')
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const q = p - 0.5
  if (Math.abs(q) <= CENTRAL) {
    const r = CENTRAL * CENTRAL - q * q
    return (q * polynomial(CENTRAL_NUMERATOR, r)) / polynomial(CENTRAL_DENOMINATOR, r)
  }
  const r = Math.sqrt(-log(Math.min(p, 1 - p)))
  const size =
    r <= FAR_TAIL
      ? polynomial(TAIL_NUMERATOR, r - 1.6) / polynomial(TAIL_DENOMINATOR, r - 1.6)
      : polynomial(FAR_NUMERATOR, r - FAR_TAIL) / polynomial(FAR_DENOMINATOR, r - FAR_TAIL)
  return q < 0 ? -size : size
}
