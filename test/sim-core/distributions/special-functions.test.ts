// The special functions against closed forms and against each other.
import { describe, expect, it } from 'vitest'
import {
  normalCdf,
  normalQuantile,
  regularizedGammaP,
  regularizedGammaQ,
} from '../../../sim-core/distributions/special-functions.ts'

describe('the regularised incomplete gamma function', () => {
  it.each([0.01, 0.3, 1, 2.5, 10, 1000])('P and Q sum to one at a = %d', (a) => {
    for (const ratio of [0.01, 0.5, 0.99, 1, 1.01, 2, 10]) {
      expect(regularizedGammaP(a, a * ratio) + regularizedGammaQ(a, a * ratio)).toBeCloseTo(1, 13)
    }
  })

  it('is a finite sum for whole a', () => {
    for (const x of [0.1, 1, 3, 10, 50]) {
      expect(regularizedGammaQ(3, x)).toBeCloseTo(Math.exp(-x) * (1 + x + (x * x) / 2), 14)
    }
  })

  it('keeps its relative precision in the far tail', () => {
    expect(regularizedGammaQ(1, 500) / Math.exp(-500)).toBeCloseTo(1, 12)
    expect(regularizedGammaP(2, 1e-8) / 5e-17).toBeCloseTo(1, 7)
  })

  it('has its limits at the ends', () => {
    expect([regularizedGammaP(2, 0), regularizedGammaP(2, Infinity)]).toEqual([0, 1])
    expect([regularizedGammaQ(2, 0), regularizedGammaQ(2, Infinity)]).toEqual([1, 0])
  })
})

describe('the normal distribution', () => {
  it.each([1e-300, 1e-20, 1e-9, 0.001, 0.02, 0.075, 0.3, 0.5])('quantile and cdf invert each other at %d', (p) => {
    expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11)
    expect(normalQuantile(p)).toBe(p < 0.5 ? -Math.abs(normalQuantile(p)) : 0)
  })

  it('is symmetric', () => {
    for (const x of [0.1, 1, 3, 6]) expect(normalCdf(-x)).toBeCloseTo(1 - normalCdf(x), 15)
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14)
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  })
})
