// The elementary functions: as exact as the engine's own, right at every edge, and bit for bit as they were.
import { describe, expect, it } from 'vitest'
import { cos, exp, expm1, log, log1p, logGamma, pow, sin } from '../../../sim-core/kernel/deterministic-math.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'

const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)

/** Position of a double among all doubles, so that neighbours differ by 1. */
function ordinal(value: number): bigint {
  double[0] = value
  return bits[0]! < 0n ? -(bits[0]! & 0x7fff_ffff_ffff_ffffn) : bits[0]!
}

/** How many doubles apart; zeros of either sign are the same, and so are two results that are no numbers. */
function ulpsApart(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) === Number.isNaN(b) ? 0 : Infinity
  const gap = ordinal(a) - ordinal(b)
  return Math.abs(Number(gap))
}

const SAMPLES = 20_000
const EDGES = [
  0,
  -0,
  1,
  -1,
  2,
  -2,
  3,
  -3,
  0.5,
  -0.5,
  1e300,
  -1e300,
  1e-300,
  -1e-300,
  5e-324,
  -5e-324,
  1e-310,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  1.0000000000000002,
  0.9999999999999999,
  709.782712893384,
  709.7827128933841,
  -745.1332191019411,
  -745.1332191019412,
  -708.4,
  40,
  -40,
  4503599627370497,
  9007199254740991,
  9007199254740994,
  Infinity,
  -Infinity,
  NaN,
]

/** Worst distance from `reference` over random points of several ranges. */
function worstUlps(f: (x: number) => number, reference: (x: number) => number, ranges: [number, number][]): number {
  const stream = new RandomStreams(1, 0).stream('test/points')
  let worst = 0
  for (const [from, to] of ranges) {
    for (let sample = 0; sample < SAMPLES; sample++) {
      const x = from + (to - from) * stream.nextUnit()
      worst = Math.max(worst, ulpsApart(f(x), reference(x)))
    }
  }
  return worst
}

/** The function at 2^x, which visits every binary exponent. */
const atPowerOfTwo = (f: (x: number) => number) => (x: number) => f(Math.pow(2, x))

describe('deterministic-math', () => {
  it('exp and log are within one unit in the last place of the engine', () => {
    const ranges: [number, number][] = [
      [-746, 710],
      [-1, 1],
      [-746, -700],
    ]
    expect(worstUlps(exp, Math.exp, ranges)).toBeLessThanOrEqual(1)
    expect(worstUlps(log, Math.log, [[0.5, 2]])).toBeLessThanOrEqual(1)
    expect(worstUlps(atPowerOfTwo(log), atPowerOfTwo(Math.log), [[-1074, 1024]])).toBeLessThanOrEqual(1)
  })

  it('expm1 and log1p keep their precision near zero', () => {
    expect(
      worstUlps(expm1, Math.expm1, [
        [-50, 710],
        [-2, 2],
        [-1e-9, 1e-9],
      ]),
    ).toBeLessThanOrEqual(3)
    expect(
      worstUlps(log1p, Math.log1p, [
        [-1, 5],
        [-0.3, 0.42],
        [-1e-9, 1e-9],
      ]),
    ).toBeLessThanOrEqual(1)
  })

  it('sin and cos are within one unit in the last place over the whole range of angles', () => {
    const ranges: [number, number][] = [
      [-10, 10],
      [-1.6e6, 1.6e6],
    ]
    expect(worstUlps(sin, Math.sin, ranges)).toBeLessThanOrEqual(1)
    expect(worstUlps(cos, Math.cos, ranges)).toBeLessThanOrEqual(1)
    expect(() => sin(1e9)).toThrow(/angles/)
  })

  it('pow is within one unit in the last place wherever the result is finite', () => {
    const stream = new RandomStreams(2, 0).stream('test/points')
    let worst = 0
    for (let sample = 0; sample < SAMPLES; sample++) {
      const x = Math.pow(2, -1074 + 2098 * stream.nextUnit())
      const y = (2 * stream.nextUnit() - 1) * (sample % 2 === 0 ? 1.2 : 60)
      worst = Math.max(worst, ulpsApart(pow(x, y), Math.pow(x, y)))
    }
    expect(worst).toBeLessThanOrEqual(1)
  })

  it.each(EDGES)('agrees with the language at %s', (x) => {
    for (const [f, reference] of [
      [exp, Math.exp],
      [log, Math.log],
      [log1p, Math.log1p],
      [expm1, Math.expm1],
    ] as const) {
      expect(ulpsApart(f(x), reference(x))).toBeLessThanOrEqual(1)
    }
    for (const y of EDGES) expect(ulpsApart(pow(x, y), Math.pow(x, y)), `pow(${x}, ${y})`).toBeLessThanOrEqual(1)
  })

  it('logGamma is the logarithm of the factorial', () => {
    let logFactorial = 0
    for (let n = 1; n <= 170; n++) {
      expect(Math.abs(logGamma(n) - logFactorial)).toBeLessThan(1e-14 * Math.max(1, logFactorial))
      logFactorial += Math.log(n)
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 14)
    // Near zero ln Gamma(x) is -ln x less Euler's constant times x.
    expect(logGamma(1e-9)).toBeCloseTo(Math.log(1e9) - 0.5772156649015329e-9, 13)
    expect(() => logGamma(0)).toThrow(/positive/)
  })

  it('returns the same bits on every engine', () => {
    let fingerprint = 0n
    for (let step = 1; step <= 2000; step++) {
      const x = step * 0.37
      for (const value of [exp(x - 300), log(x), log1p(x), expm1(x - 5), pow(x, 1.3), sin(x), cos(x), logGamma(x)]) {
        double[0] = value
        fingerprint = BigInt.asUintN(64, (fingerprint ^ bits[0]!) * 0x100_0000_01b3n)
      }
    }
    expect(fingerprint.toString(16)).toBe('2be5a0cbf3834f5b')
  })
})
