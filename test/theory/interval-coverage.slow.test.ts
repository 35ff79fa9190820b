// Confidence intervals hold the true value as often as they promise; interval-coverage.ts is the same with more studies.
import { expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'
import { meanSojourn, sojournQuantile, waitProbability } from './mmc.ts'

const STUDIES = 40

/** Of 40 intervals that hold the value with probability 0.95, 33 or more do with probability 0.997. */
const COVERED_LEAST = 33

it('holds the true mean and p95 of M/M/8 in 95 of 100 studies', () => {
  for (const { figure, covered, mean, truth } of coverageOf(STUDIES)) {
    expect(covered, figure).toBeGreaterThanOrEqual(COVERED_LEAST)
    expect(Math.abs(mean / truth - 1), figure).toBeLessThan(0.005)
  }
}, 120_000)

it('knows the truth: textbook values of M/M/1 and M/M/2', () => {
  const single = { lambda: 0.5, mu: 1, servers: 1 }
  expect(waitProbability(single)).toBeCloseTo(0.5, 12)
  expect(meanSojourn(single)).toBeCloseTo(2, 12)
  expect(sojournQuantile(single, 0.95)).toBeCloseTo(-2 * Math.log(0.05), 9)
  expect(waitProbability({ lambda: 1, mu: 1, servers: 2 })).toBeCloseTo(1 / 3, 12)
})
