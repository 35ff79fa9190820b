// The Universal Scalability Law: Gunther's published fit, exact recovery, and a minimum that is one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastSquaresStep } from '../../../sim-core/analysis/least-squares.ts'
import { type UslModel, fitUsl, uslContentionLimit, uslPeak, uslThroughput } from '../../../sim-core/analysis/usl.ts'
import { expectRelative } from './expect-relative.ts'
import { normalValues } from './normal-values.ts'

const POINTS = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128]

function sumOfSquares(model: UslModel, concurrency: readonly number[], throughput: readonly number[]): number {
  return concurrency.reduce((sum, n, i) => sum + ((throughput[i] ?? NaN) - uslThroughput(model, n)) ** 2, 0)
}

describe('uslPeak', () => {
  it('is where no neighbour is better', () => {
    const model = { gamma: 1_000, alpha: 0.05, beta: 0.0005 }
    const peak = uslPeak(model)
    expectRelative(peak?.concurrency ?? NaN, Math.sqrt(0.95 / 0.0005), 1e-14)
    for (const n of [0.99, 1.01]) {
      expect(uslThroughput(model, n * (peak?.concurrency ?? NaN))).toBeLessThan(peak?.throughput ?? NaN)
    }
  })

  it('does not exist without coherency cost, and is one user when contention is total', () => {
    expect(uslPeak({ gamma: 10, alpha: 0.1, beta: 0 })).toBeUndefined()
    expect(uslPeak({ gamma: 10, alpha: 1, beta: 0.1 })).toEqual({ concurrency: 1, throughput: 10 })
    expect(uslContentionLimit({ gamma: 10, alpha: 0.1, beta: 0 })).toBe(100)
  })
})

describe('fitUsl', () => {
  it('reproduces the published fit of the SPEC SDM91 measurements', () => {
    const fit = fitUsl([1, 18, 36, 72, 108, 144, 216], [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775, 1702.2])
    expectRelative(fit?.gamma ?? NaN, 89.995, 1e-4)
    expectRelative(fit?.alpha ?? NaN, 0.02773, 1e-3)
    expectRelative(fit?.beta ?? NaN, 1.0437e-4, 1e-3)
  })

  it('recovers the coefficients of points that lie on the curve', () => {
    const coefficient = fc.double({ min: 0.001, max: 0.3, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e5, noNaN: true }), coefficient, coefficient, (gamma, alpha, share) => {
        const model = { gamma, alpha, beta: share * 0.02 }
        const fit = fitUsl(
          POINTS,
          POINTS.map((n) => uslThroughput(model, n)),
        )
        expectRelative(fit?.gamma ?? NaN, gamma, 1e-6)
        expectRelative(fit?.alpha ?? NaN, alpha, 1e-4)
        expectRelative(fit?.beta ?? NaN, model.beta, 1e-4)
      }),
    )
  })

  it('finds a minimum: no small change of a coefficient fits noisy points better', () => {
    const next = normalValues(8)
    const throughput = POINTS.map(
      (n) => uslThroughput({ gamma: 500, alpha: 0.04, beta: 0.0008 }, n) * (1 + 0.03 * next()),
    )
    const fit = fitUsl(POINTS, throughput)
    expect(fit).toBeDefined()
    if (fit === undefined) return
    expectRelative(fit.residualSumOfSquares, sumOfSquares(fit, POINTS, throughput), 1e-12)
    expect(fit.rSquared).toBeGreaterThan(0.98)
    for (const factor of [0.999, 1.001]) {
      for (const moved of [
        { ...fit, gamma: fit.gamma * factor },
        { ...fit, alpha: fit.alpha * factor },
        { ...fit, beta: fit.beta * factor },
      ]) {
        expect(sumOfSquares(moved, POINTS, throughput)).toBeGreaterThan(fit.residualSumOfSquares)
      }
    }
  })

  it('keeps coefficients at or above 0 where the points would ask for less', () => {
    const superlinear = fitUsl(
      POINTS,
      POINTS.map((n) => 10 * n ** 1.1),
    )
    expect(superlinear).toMatchObject({ alpha: 0, beta: 0 })
    const noCoherency = fitUsl(
      POINTS,
      POINTS.map((n) => (100 * n) / (1 + 0.1 * (n - 1)) + (n > 60 ? 20 : 0)),
    )
    expect(noCoherency?.beta).toBe(0)
    expectRelative(noCoherency?.alpha ?? NaN, 0.1, 0.1)
  })

  it('refuses what cannot be fitted', () => {
    expect(fitUsl([1, 2], [10, 20])).toBeUndefined()
    expect(fitUsl([1, 2, 3], [10, 20])).toBeUndefined()
    expect(fitUsl([1, 2, 3], [10, -20, 30])).toBeUndefined()
    expect(fitUsl([1, 2, NaN], [10, 20, 30])).toBeUndefined()
  })
})

describe('leastSquaresStep', () => {
  it('solves a line through three points by hand', () => {
    // y = 1, 3, 4 over x = 0, 1, 2: slope 1.5, intercept 7/6.
    const [intercept = NaN, slope = NaN] = leastSquaresStep(
      [
        [1, 0],
        [1, 1],
        [1, 2],
      ],
      [1, 3, 4],
      0,
    )
    expectRelative(intercept, 7 / 6, 1e-13)
    expectRelative(slope, 1.5, 1e-13)
  })

  it('shortens the step as damping grows', () => {
    const lengths = [0, 1, 100].map((damping) => Math.abs(leastSquaresStep([[2], [1]], [4, 2], damping)[0] ?? NaN))
    expect(lengths).toEqual([2, 1, expect.closeTo(2 / 101, 12)])
  })
})
