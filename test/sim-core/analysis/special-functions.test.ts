// The special functions agree with closed forms, identities and jStat, and their inverses undo them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaRatio, inverseBetaRatio, logBeta } from '../../../sim-core/analysis/beta-function.ts'
import { erf, erfc } from '../../../sim-core/analysis/error-function.ts'
import {
  inverseLowerGammaRatio,
  logGamma,
  lowerGammaRatio,
  upperGammaRatio,
} from '../../../sim-core/analysis/gamma-function.ts'
import { solveIncreasing } from '../../../sim-core/analysis/monotone-root.ts'
import jstat from 'jstat'
import { expectRelative } from './expect-relative.ts'

const { jStat } = jstat

const shape = fc.double({ min: 0.05, max: 300, noNaN: true })
const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })

describe('logGamma', () => {
  it('is the logarithm of a factorial at whole numbers', () => {
    let logFactorial = 0
    for (let n = 1; n <= 150; n += 1) {
      expect(Math.abs(logGamma(n) - logFactorial)).toBeLessThan(1e-13 * Math.max(1, logFactorial))
      logFactorial += Math.log(n)
    }
  })

  it('is ln sqrt(π) at 1/2 and grows without bound towards 0', () => {
    expectRelative(logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-14)
    expectRelative(logGamma(1e-10), -Math.log(1e-10), 1e-9)
  })
})

describe('incomplete gamma', () => {
  it('is the exponential distribution for shape 1', () => {
    for (const x of [1e-9, 0.1, 1, 1.9, 2.1, 10, 40]) {
      expectRelative(lowerGammaRatio(1, x), -Math.expm1(-x), 1e-13)
      expectRelative(upperGammaRatio(1, x), Math.exp(-x), 1e-13)
    }
  })

  it('sums a Poisson tail for whole shapes, also far out', () => {
    const x = 60
    let term = Math.exp(-x)
    let sum = term
    for (let k = 1; k < 10; k += 1) {
      term *= x / k
      sum += term
    }
    expectRelative(upperGammaRatio(10, x), sum, 1e-12)
  })

  it('has complementary ratios and the values of jStat', () => {
    fc.assert(
      fc.property(shape, fc.double({ min: 0.001, max: 400, noNaN: true }), (a, x) => {
        expect(Math.abs(lowerGammaRatio(a, x) + upperGammaRatio(a, x) - 1)).toBeLessThan(1e-13)
        expect(Math.abs(lowerGammaRatio(a, x) - jStat.gamma.cdf(x, a, 1))).toBeLessThan(1e-8)
      }),
    )
  })

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(shape, inside, (a, probability) => {
        expectRelative(lowerGammaRatio(a, inverseLowerGammaRatio(a, probability)), probability, 1e-9)
      }),
    )
  })

  it('has the limits of a distribution', () => {
    expect([lowerGammaRatio(2, 0), lowerGammaRatio(2, Infinity), upperGammaRatio(2, 0)]).toEqual([0, 1, 1])
    expect([inverseLowerGammaRatio(2, 0), inverseLowerGammaRatio(2, 1)]).toEqual([0, Infinity])
    expect(inverseLowerGammaRatio(2, 1.5)).toBeNaN()
  })
})

describe('incomplete beta', () => {
  it('has closed forms when one parameter is 1', () => {
    for (const x of [0.001, 0.2, 0.5, 0.77, 0.999]) {
      expectRelative(betaRatio(x, 7.5, 1), x ** 7.5, 1e-12)
      expectRelative(betaRatio(x, 1, 3), 1 - (1 - x) ** 3, 1e-12)
    }
    expectRelative(logBeta(3, 4), Math.log(1 / 60), 1e-13)
  })

  it('is symmetric and agrees with jStat', () => {
    fc.assert(
      fc.property(shape, shape, inside, (a, b, x) => {
        expect(Math.abs(betaRatio(x, a, b) + betaRatio(1 - x, b, a) - 1)).toBeLessThan(1e-10)
        expect(Math.abs(betaRatio(x, a, b) - jStat.beta.cdf(x, a, b))).toBeLessThan(1e-6)
      }),
    )
  })

  it('is undone by its inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 100, noNaN: true }), inside, (a, probability) => {
        expectRelative(betaRatio(inverseBetaRatio(probability, a, 2.5), a, 2.5), probability, 1e-9)
      }),
    )
    expect([inverseBetaRatio(0, 2, 3), inverseBetaRatio(1, 2, 3)]).toEqual([0, 1])
    expect(inverseBetaRatio(-0.1, 2, 3)).toBeNaN()
  })
})

describe('error function', () => {
  it('has the tabulated values of Abramowitz and Stegun, table 7.1', () => {
    expectRelative(erf(0.5), 0.5204998778, 1e-9)
    expectRelative(erf(1), 0.8427007929, 1e-9)
    expectRelative(erf(2), 0.995322265, 1e-9)
    expect(erf(0)).toBe(0)
  })

  it('keeps its digits in the tail and is odd', () => {
    expectRelative(erfc(5), 1.5374597944280349e-12, 1e-12)
    expectRelative(erfc(-1), 2 - erfc(1), 1e-15)
    expect(erf(-0.7)).toBe(-erf(0.7))
  })
})

describe('solveIncreasing', () => {
  it('finds a root where Newton alone would diverge', () => {
    const root = solveIncreasing({ valueAt: Math.atan, slopeAt: (x) => 1 / (1 + x * x) }, 0, {
      low: -1e6,
      high: 1e7,
      start: 50,
    })
    expect(Math.abs(root)).toBeLessThan(1e-9)
  })
})
