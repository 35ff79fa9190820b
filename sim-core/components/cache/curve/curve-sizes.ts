// The cache sizes at which a miss-ratio curve is measured.

import { pow } from '../../../kernel/deterministic-math.ts'

/** Sizes of a curve, marked ones not counted, and the smallest as a share of everything that is asked for. */
const SIZES = 20
const SMALLEST_SHARE = 0.001

/**
 * 20 whole sizes spaced evenly on a logarithmic scale from 0.1 % to 100 % of the footprint, and the marked ones, ascending,
 * without repetitions: fewer where the footprint is small.
 * @param footprint sum of the sizes of all keys, in entries or bytes
 * @param marked sizes that are to be among them
 */
export function curveSizes(footprint: number, marked: readonly number[]): readonly number[] {
  const spaced = Array.from({ length: SIZES }, (_, step) => {
    const share = pow(SMALLEST_SHARE, 1 - step / (SIZES - 1))
    return Math.max(1, Math.round(share * footprint))
  })
  return [...new Set([...spaced, ...marked])].toSorted((a, b) => a - b)
}
