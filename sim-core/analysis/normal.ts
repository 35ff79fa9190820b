// The standard normal distribution: density, cumulative probability, quantile.
import { erfc } from './error-function.ts'

/** Coefficients of AS 241 (PPND16), |p - 1/2| <= 0.425: numerator a0..a7 and denominator 1, b1..b7, in r = 0.180625 - q². */
const CENTRE_NUMERATOR: readonly number[] = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]
const CENTRE_DENOMINATOR: readonly number[] = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
]

/** The same for r = sqrt(-ln tail) <= 5, in r - 1.6. */
const SHOULDER_NUMERATOR: readonly number[] = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]
const SHOULDER_DENOMINATOR: readonly number[] = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]

/** The same for r > 5, in r - 5. */
const TAIL_NUMERATOR: readonly number[] = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const TAIL_DENOMINATOR: readonly number[] = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]

/** Half the width of the central region of AS 241, a probability. */
const CENTRE_HALF_WIDTH = 0.425

/** φ(x) = e^(-x²/2) / sqrt(2π). */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/** Φ(x), the probability that a standard normal variable is at most x. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2)
}

/**
 * The x with Φ(x) = probability; -Infinity at 0, Infinity at 1, NaN outside. Relative error about 1e-16.
 *
 * M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988),
 * routine PPND16. Differs from the source: none.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN
  const q = probability - 0.5
  if (Math.abs(q) <= CENTRE_HALF_WIDTH) {
    const r = CENTRE_HALF_WIDTH * CENTRE_HALF_WIDTH - q * q
    return (q * polynomial(CENTRE_NUMERATOR, r)) / polynomial(CENTRE_DENOMINATOR, r)
  }
  const tail = q < 0 ? probability : 1 - probability
  if (tail === 0) return q < 0 ? -Infinity : Infinity
  const r = Math.sqrt(-Math.log(tail))
  const distance =
    r <= 5
      ? polynomial(SHOULDER_NUMERATOR, r - 1.6) / polynomial(SHOULDER_DENOMINATOR, r - 1.6)
      : polynomial(TAIL_NUMERATOR, r - 5) / polynomial(TAIL_DENOMINATOR, r - 5)
  return q < 0 ? -distance : distance
}

/** Horner's scheme; coefficients from the constant term up. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (let k = coefficients.length - 1; k >= 0; k -= 1) sum = sum * x + (coefficients[k] ?? 0)
  return sum
}
