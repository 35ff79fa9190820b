// The assertion that numerical tests share.
import { expect } from 'vitest'

/** Fails unless `got` is within `tolerance` of `wanted`, relative to `wanted` (absolute where that is 0). */
export function expectRelative(got: number, wanted: number, tolerance: number): void {
  const error = Math.abs(got - wanted) / (wanted === 0 ? 1 : Math.abs(wanted))
  expect(error, `${got} is not within ${tolerance} of ${wanted}`).toBeLessThanOrEqual(tolerance)
}
