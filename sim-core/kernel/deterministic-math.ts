/** Elementary functions whose results are bit-identical in every JavaScript engine, unlike those of `Math`. */

import { invariant } from './invariant.ts'

/*
 * ECMAScript leaves Math.exp, Math.log and their kin to the implementation; + - * / and Math.sqrt are exactly defined.
 * Everything below is built from those and from the bit patterns of doubles.
 *
 * Source of the polynomials and of the reductions: K. C. Ng et al., "FDLIBM 5.3", Sun Microsystems, 1993-2004, files
 * e_exp.c, e_log.c, s_log1p.c, k_sin.c, k_cos.c, e_rem_pio2.c (Remez approximations, coefficients as printed there).
 * Differences are stated with each function. Error: below 1 ulp for exp, log, log1p, pow, sin and cos, 2 for expm1.
 */

const doubleView = new Float64Array(1)
const wordView = new Int32Array(doubleView.buffer)

/** Which of the two words of a double carries sign and exponent on this machine. */
const HIGH_WORD = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** Exponent of the smallest positive double, 2^-1074: offset of `POWERS_OF_TWO`. */
const EXPONENT_OFFSET = 1074

/** Every power of two that a double can hold, from 2^-1074 to 2^1023. */
const POWERS_OF_TWO = Float64Array.from({ length: 2098 }, (_, index) => powerOfTwo(index - EXPONENT_OFFSET))

/** The smallest normal double, 2^-1022, and its high word. */
const NORMAL_MIN = POWERS_OF_TWO[EXPONENT_OFFSET - 1022]!
const NORMAL_MIN_HIGH = 0x0010_0000

/** High word of infinity; anything from here on is infinite or not a number. */
const INFINITY_HIGH = 0x7ff0_0000

/** Added to a high word, it carries into the exponent where the significand is above sqrt(2). */
const SQRT_TWO_CARRY = 0x0009_5f62

const TWO_POW_54 = 18_014_398_509_481_984
const TWO_POW_MINUS_54 = 1 / TWO_POW_54

/** ln 2 in two parts; the first has 21 trailing zero bits, so that its product with an exponent is exact. */
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const INVERSE_LN2 = 1.4426950408889634

/** Above this exp is infinite, and below the next one it is zero; the exact limits follow from the scaling. */
const EXP_MAX = 710
const EXP_MIN = -746

function powerOfTwo(exponent: number): number {
  let value = 1
  const factor = exponent < 0 ? 0.5 : 2
  for (let step = Math.abs(exponent); step > 0; step--) value *= factor
  return value
}

/** value * 2^exponent, rounded once; value is near 1 and the exponent within -1080 .. 1025. */
function scale(value: number, exponent: number): number {
  if (exponent > -1022 && exponent < 1024) return value * POWERS_OF_TWO[exponent + EXPONENT_OFFSET]!
  if (exponent >= 1024) return value * 2 * POWERS_OF_TWO[exponent - 1 + EXPONENT_OFFSET]!
  return value * POWERS_OF_TWO[exponent + 54 + EXPONENT_OFFSET]! * TWO_POW_MINUS_54
}

/** R of e_exp.c for a reduced argument |r| <= ln2 / 2: exp(r) = 1 + r + r * c / (2 - c) with c = r - r^2 * P(r^2). */
function expCorrection(r: number): number {
  const t = r * r
  return (
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  )
}

/** exp(x + tail) for a tail far below an ulp of x. */
function expOfSum(x: number, tail: number): number {
  if (!(x < EXP_MAX)) return x >= EXP_MAX ? Infinity : NaN
  if (x < EXP_MIN) return 0
  const exponent = Math.floor(x * INVERSE_LN2 + 0.5)
  const high = x - exponent * LN2_HIGH
  const low = exponent * LN2_LOW - tail
  const r = high - low
  const c = expCorrection(r)
  return scale(1 - (low - (r * c) / (2 - c) - high), exponent)
}

/** e^x. Differs from the source: the reduction always runs, and 2^k comes from a table. */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/** e^x - 1, exact near zero. Differs from the source: uses the approximation of exp, whose error it keeps below 2 ulp. */
export function expm1(x: number): number {
  if (x > 40 || x !== x) return exp(x)
  if (x < -40) return -1
  const exponent = Math.floor(x * INVERSE_LN2 + 0.5)
  const high = x - exponent * LN2_HIGH
  const low = exponent * LN2_LOW
  const r = high - low
  if (exponent === 0 && Math.abs(r) < TWO_POW_MINUS_54) return x
  const c = expCorrection(r)
  const reduced = high - (low - (r * c) / (2 - c))
  if (exponent === 0) return reduced
  const power = POWERS_OF_TWO[exponent + EXPONENT_OFFSET]!
  return power - 1 + power * reduced
}

/** Binary exponent k of a positive normal x = 2^k * m with m in [sqrt(1/2), sqrt(2)), from the high word of x. */
function balancedExponent(highWord: number): number {
  return ((highWord + SQRT_TWO_CARRY) >> 20) - 1023
}

function highWordOf(x: number): number {
  doubleView[0] = x
  return wordView[HIGH_WORD]!
}

/** exponent * ln 2 + ln(1 + f) + correction, for 1 + f in [sqrt(1/2), sqrt(2)): the approximation of e_log.c. */
function logOfReduced(exponent: number, f: number, correction: number): number {
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const halfSquare = 0.5 * f * f
  return s * (halfSquare + even + odd) + (exponent * LN2_LOW + correction) - halfSquare + f + exponent * LN2_HIGH
}

/** Natural logarithm. Differs from the source: the significand comes from a product with an exact power of two. */
export function log(x: number): number {
  const highWord = highWordOf(x)
  if (highWord < NORMAL_MIN_HIGH || highWord >= INFINITY_HIGH) return logOfUnusual(x)
  const exponent = balancedExponent(highWord)
  return logOfReduced(exponent, x * POWERS_OF_TWO[EXPONENT_OFFSET - exponent]! - 1, 0)
}

function logOfUnusual(x: number): number {
  if (x === 0) return -Infinity
  if (!(x > 0)) return NaN
  if (x === Infinity) return Infinity
  const exponent = balancedExponent(highWordOf(x * TWO_POW_54))
  return logOfReduced(exponent - 54, x * TWO_POW_54 * POWERS_OF_TWO[EXPONENT_OFFSET - exponent]! - 1, 0)
}

/** ln(1 + x), exact near zero. Differs from the source: as `log`. */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  if (Math.abs(x) < TWO_POW_MINUS_54) return x
  // Between sqrt(1/2) - 1 and sqrt(2) - 1 the argument is its own reduced form.
  if (x > -0.29289 && x < 0.41421) return logOfReduced(0, x, 0)
  const sum = 1 + x
  const exponent = balancedExponent(highWordOf(sum))
  const lost = exponent >= 2 ? 1 - (sum - x) : x - (sum - 1)
  return logOfReduced(exponent, sum * POWERS_OF_TWO[EXPONENT_OFFSET - exponent]! - 1, lost / sum)
}

/** 2^27 + 1, which splits a double into two halves of 26 bits. */
const SPLITTER = 134_217_729

/**
 * The rounding error of a product: a * b - product, exactly.
 * Source: T. J. Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18, 1971.
 */
function productError(a: number, b: number, product: number): number {
  const aShift = a * SPLITTER
  const aHigh = aShift - (aShift - a)
  const aLow = a - aHigh
  const bShift = b * SPLITTER
  const bHigh = bShift - (bShift - b)
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

const THIRD_HIGH = 1 / 3
const THIRD_LOW = 1.850371707708594e-17

/** A larger exponent than this takes every base but 1 to 0 or infinity: the nearest base is 1 - 2^-53. */
const POW_EXPONENT_MAX = 73_786_976_294_838_206_464

/** x^y for positive finite x and finite y. */
function powPositive(x: number, y: number): number {
  if (x === 1) return 1
  if (Math.abs(y) >= POW_EXPONENT_MAX) return powOfInfiniteExponent(x, y)
  const denormal = x < NORMAL_MIN
  const normal = denormal ? x * TWO_POW_54 : x
  const shift = balancedExponent(highWordOf(normal))
  const m = normal * POWERS_OF_TWO[EXPONENT_OFFSET - shift]!
  const exponent = denormal ? shift - 54 : shift

  // s = (m - 1) / (m + 1), as an unevaluated sum of two doubles, as is every pair of (…High, …Low) below.
  const numerator = m - 1
  const divisorHigh = m + 1
  const divisorLow = m - (divisorHigh - 1)
  const sHigh = numerator / divisorHigh
  const quotient = sHigh * divisorHigh
  const sLow = (numerator - quotient - productError(sHigh, divisorHigh, quotient) - sHigh * divisorLow) / divisorHigh

  // ln m = 2 s (1 + z / 3 + z^2 / 5 + ...) with z = s^2 <= 0.0295; terms from z^2 on need no second double.
  const zHigh = sHigh * sHigh
  const zLow = productError(sHigh, sHigh, zHigh) + 2 * sHigh * sLow
  const thirdHigh = zHigh * THIRD_HIGH
  const thirdLow = productError(zHigh, THIRD_HIGH, thirdHigh) + zHigh * THIRD_LOW + zLow * THIRD_HIGH
  const rest = zHigh * zHigh * atanhSeries(zHigh)
  const seriesHigh = thirdHigh + rest
  const seriesLow = thirdHigh - seriesHigh + rest + thirdLow
  const termHigh = sHigh * seriesHigh
  const termLow = productError(sHigh, seriesHigh, termHigh) + sHigh * seriesLow + sLow * seriesHigh
  const halfHigh = sHigh + termHigh
  const halfLow = sHigh - halfHigh + termHigh + (sLow + termLow)

  const whole = exponent * LN2_HIGH
  const sumHigh = whole + 2 * halfHigh
  const sumLow = whole - sumHigh + 2 * halfHigh + (exponent * LN2_LOW + 2 * halfLow)
  const logHigh = sumHigh + sumLow
  const logLow = sumLow - (logHigh - sumHigh)

  const power = y * logHigh
  if (power >= EXP_MAX) return Infinity
  if (power <= EXP_MIN) return 0
  return expOfSum(power, productError(y, logHigh, power) + y * logLow)
}

/** 1 / 5 + z / 7 + z^2 / 9 + ... + z^10 / 25: enough for 2^-66 at z = 0.0295. */
function atanhSeries(z: number): number {
  const tail = 1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23 + z * (1 / 25)))))
  return 1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * tail))))
}

/**
 * x^y with the special cases of ECMAScript.
 * Differs from FDLIBM's e_pow.c: the logarithm is the series of atanh in double-double arithmetic (Dekker 1971), then exp.
 */
export function pow(x: number, y: number): number {
  if (x > 0 && x < Infinity && Math.abs(y) < Infinity) return powPositive(x, y)
  return powOfUnusual(x, y)
}

function powOfUnusual(x: number, y: number): number {
  if (y === 0) return 1
  if (x !== x || y !== y) return NaN
  const magnitude = Math.abs(x)
  if (Math.abs(y) === Infinity) return magnitude === 1 ? NaN : powOfInfiniteExponent(magnitude, y)
  const negative = x < 0 || Object.is(x, -0)
  const odd = Math.abs(y % 2) === 1
  if (x === 0 || magnitude === Infinity) {
    const size = (x === 0) === y > 0 ? 0 : Infinity
    return negative && odd ? -size : size
  }
  if (Math.floor(y) !== y) return NaN
  return odd ? -powPositive(magnitude, y) : powPositive(magnitude, y)
}

function powOfInfiniteExponent(magnitude: number, y: number): number {
  return magnitude > 1 === y > 0 ? Infinity : 0
}

/** pi / 2 in parts of 33 bits, so that their products with a quadrant number are exact; the last is what remains. */
const HALF_PI_1 = 1.5707963267341256
const HALF_PI_2 = 6.077100506303966e-11
const HALF_PI_3 = 2.0222662487111665e-21
const HALF_PI_4 = 8.4784276603689e-32
const TWO_OVER_PI = 0.6366197723675814

/** Largest argument of sin and cos, 2^20 * pi / 2: beyond it the products with the parts of pi would be rounded. */
const ANGLE_MAX = 1_647_099

/** x minus a whole number of right angles: [high, low] of the remainder, overwritten by each call. */
const remainderView = new Float64Array(2)

/** Reduces x into [-pi/4, pi/4], leaves the remainder in `remainderView` and returns the quadrant, 0 to 3. */
function reduceAngle(x: number): number {
  invariant(!(Math.abs(x) > ANGLE_MAX), 'sin and cos take angles up to 2^20 right angles')
  const turns = Math.floor(x * TWO_OVER_PI + 0.5)
  const first = x - turns * HALF_PI_1
  const second = -turns * HALF_PI_2
  const sum = first + second
  const virtual = sum - first
  const error = first - (sum - virtual) + (second - virtual)
  const rest = error - turns * HALF_PI_3 - turns * HALF_PI_4
  const high = sum + rest
  remainderView[0] = high
  remainderView[1] = sum - high + rest
  return turns & 3
}

/** sin(x + y) for |x| <= pi/4 and a tail y: k_sin.c. */
function sinOfReduced(x: number, y: number): number {
  const z = x * x
  const cube = z * x
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 2.7557313707070068e-6) +
    z * z * z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)
  return x - (z * (0.5 * y - cube * r) - y - cube * -0.16666666666666632)
}

/** cos(x + y) for |x| <= pi/4 and a tail y: k_cos.c. */
function cosOfReduced(x: number, y: number): number {
  const z = x * x
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
    z * z * (z * z) * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11))
  const half = 0.5 * z
  const w = 1 - half
  return w + (1 - w - half + (z * r - x * y))
}

/** Sine of an angle in radians, |x| <= 1.6 million. Differs from the source: no reduction for larger angles. */
export function sin(x: number): number {
  return sinOfQuadrant(reduceAngle(x))
}

/** Cosine of an angle in radians, |x| <= 1.6 million. Differs from the source: as `sin`. */
export function cos(x: number): number {
  return sinOfQuadrant(reduceAngle(x) + 1)
}

function sinOfQuadrant(quadrant: number): number {
  const high = remainderView[0]!
  const low = remainderView[1]!
  const size = (quadrant & 1) === 0 ? sinOfReduced(high, low) : cosOfReduced(high, low)
  return (quadrant & 2) === 0 ? size : -size
}

const HALF_LN_TWO_PI = 0.9189385332046728

/** From here on seven terms of Stirling's series leave an error below 2^-53. */
const STIRLING_MIN = 15

/**
 * ln Gamma(x) for x > 0, absolute error below 1e-14 while x is below 20, relative error below 1e-15 above.
 *
 * Source: NIST Digital Library of Mathematical Functions, 5.11.1 (Stirling's series,
 * (x - 1/2) ln x - x + ln(2 pi) / 2 + sum of B(2k) / (2k (2k-1) x^(2k-1))) and 5.5.1 (Gamma(x + 1) = x Gamma(x)).
 * Differs from the source: none; seven terms, after raising x to 15 or more.
 */
export function logGamma(x: number): number {
  invariant(x > 0, 'logGamma takes positive arguments')
  let raised = x
  let product = 1
  while (raised < STIRLING_MIN) {
    product *= raised
    raised += 1
  }
  const inverse = 1 / raised
  const z = inverse * inverse
  const series =
    inverse * (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156))))))
  return (raised - 0.5) * log(raised) - raised + HALF_LN_TWO_PI + series - log(product)
}
