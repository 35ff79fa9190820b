// Quantiles of the normal, Student's t and chi-square distributions agree with closed forms, jStat and their own cdf.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chiSquareCdf, chiSquareQuantile } from '../../../sim-core/analysis/chi-square.ts'
import { normalCdf, normalDensity, normalQuantile } from '../../../sim-core/analysis/normal.ts'
import { studentTCdf, studentTQuantile } from '../../../sim-core/analysis/student-t.ts'
import { expectRelative } from './expect-relative.ts'
import jstat from 'jstat'

const { jStat } = jstat

const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
const degreesOfFreedom = fc.double({ min: 0.6, max: 2_000, noNaN: true })

describe('normal', () => {
  it('has the quantiles every table prints', () => {
    expectRelative(normalQuantile(0.975), 1.959963984540054, 1e-15)
    expectRelative(normalQuantile(0.995), 2.5758293035489004, 1e-15)
    expectRelative(normalQuantile(1e-20), -9.26234008979841, 1e-14)
    expectRelative(normalDensity(0), 0.3989422804014327, 1e-15)
  })

  it('is undone by its cdf in all three regions of the approximation', () => {
    fc.assert(fc.property(probability, (p) => expectRelative(normalCdf(normalQuantile(p)), p, 1e-12)))
    for (const p of [1e-300, 1e-100, 1e-12]) expectRelative(normalCdf(normalQuantile(p)), p, 1e-11)
  })

  it('has limits and no value outside', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity])
    expect(normalQuantile(1.01)).toBeNaN()
  })
})

describe("Student's t", () => {
  it('is Cauchy with one degree of freedom and algebraic with two', () => {
    for (const p of [1e-9, 0.01, 0.2, 0.4, 0.499999, 0.51, 0.7, 0.9995]) {
      const distance = p - 0.5
      expectRelative(studentTQuantile(p, 1), Math.tan(Math.PI * distance), 1e-7 * (p < 1e-3 ? 1 : 1e-4))
      expectRelative(studentTQuantile(p, 2), (2 * distance) / Math.sqrt(2 * p * (1 - p)), 1e-11)
    }
  })

  it('is undone by its cdf', () => {
    fc.assert(
      fc.property(probability, degreesOfFreedom, (p, df) => {
        expectRelative(studentTCdf(studentTQuantile(p, df), df), p, 1e-10)
      }),
    )
  })

  it('agrees with jStat where that is precise', () => {
    for (const df of [1, 2, 3, 9, 29, 100]) {
      for (const p of [0.6, 0.9, 0.975, 0.995]) {
        expectRelative(studentTQuantile(p, df), jStat.studentt.inv(p, df), 1e-6)
      }
    }
  })

  it('is symmetric, tends to the normal, and has limits', () => {
    expectRelative(studentTQuantile(0.25, 7), -studentTQuantile(0.75, 7), 1e-15)
    expectRelative(studentTQuantile(0.1, 7), -studentTQuantile(0.9, 7), 1e-14)
    expectRelative(studentTQuantile(0.975, 1e8), normalQuantile(0.975), 1e-7)
    expect([studentTQuantile(0, 3), studentTQuantile(0.5, 3), studentTQuantile(1, 3)]).toEqual([-Infinity, 0, Infinity])
    expect([studentTCdf(-Infinity, 3), studentTCdf(0, 3), studentTCdf(Infinity, 3)]).toEqual([0, 0.5, 1])
    expect(studentTQuantile(-0.1, 3)).toBeNaN()
  })
})

describe('chi-square', () => {
  it('is exponential with two degrees of freedom and a squared normal with one', () => {
    for (const p of [1e-10, 0.01, 0.3, 0.5, 0.95, 0.9999]) {
      expectRelative(chiSquareQuantile(p, 2), -2 * Math.log1p(-p), 1e-11)
      expectRelative(chiSquareQuantile(p, 1), normalQuantile((1 + p) / 2) ** 2, 1e-6)
    }
  })

  it('is undone by its cdf and agrees with jStat', () => {
    fc.assert(
      fc.property(probability, degreesOfFreedom, (p, df) => {
        expectRelative(chiSquareCdf(chiSquareQuantile(p, df), df), p, 1e-9)
      }),
    )
    for (const df of [1, 5, 40]) expectRelative(chiSquareQuantile(0.95, df), jStat.chisquare.inv(0.95, df), 1e-6)
  })
})
