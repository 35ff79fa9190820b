// Figures with their intervals: cut off where a figure cannot be, and only there.
import { expect, test } from 'vitest'
import { estimate, NOT_NEGATIVE, RATIO } from '../../../sim-core/analysis/estimate.ts'

test('the interval of a share ends at 0 and 1, that of a count at 0', () => {
  const nearlyAll = estimate(0.98, [0.96, 1], 0.95, RATIO)
  expect(nearlyAll.high).toBe(1)
  expect(nearlyAll.low).toBeLessThan(0.75)
  expect(estimate(0.02, [0, 0.04], 0.95, RATIO).low).toBe(0)
  expect(estimate(1, [0, 2], 0.95, NOT_NEGATIVE).low).toBe(0)
})

test('a figure beyond its usual range has both halves of its interval', () => {
  // A detour saves less than nothing.
  const { mean, low, high } = estimate(-49, [-50, -48], 0.95, RATIO)
  expect(mean).toBe(-49)
  expect(mean! - low!).toBeCloseTo(high! - mean!, 9)
  expect(high! - low!).toBeGreaterThan(20)
  // Calls are tried more than once.
  const tries = estimate(1.3, [1.29, 1.31], 0.95, NOT_NEGATIVE)
  expect(tries.high! - 1.3).toBeCloseTo(1.3 - tries.low!, 9)
})

test('a hair that rounding adds changes no bound', () => {
  expect(estimate(1, [1 + 2e-16, 1 - 1e-3], 0.95, RATIO).high).toBe(1)
})
