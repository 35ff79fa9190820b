/** Thins out a long series to as many points as a chart can show, without losing what stands out. */

/** Fewest points that a series is reduced to: its two ends and two extremes. */
const POINTS_MIN = 4

/** A series with its own instants. */
export interface ReducedSeries {
  readonly endS: number[]
  readonly values: (number | null)[]
}

/**
 * At most `pointsMax` points (or four, if that is less) in their order. What is longer keeps its first and its last point
 * and, of each of the equal pieces that the others are cut into, the smallest and the largest value; a piece without any
 * value keeps a gap.
 *
 * @param endS instants, ascending
 * @param values one for each instant; NaN where there is none
 */
export function reduceSeries(endS: ArrayLike<number>, values: ArrayLike<number>, pointsMax: number): ReducedSeries {
  const kept = keptPoints(values, Math.max(POINTS_MIN, Math.floor(pointsMax)))
  return {
    endS: kept.map((point) => endS[point]!),
    values: kept.map((point) => (Number.isNaN(values[point]!) ? null : values[point]!)),
  }
}

function keptPoints(values: ArrayLike<number>, pointsMax: number): number[] {
  const { length } = values
  if (length <= pointsMax) return Array.from({ length }, (_, point) => point)
  const inner = length - 2
  const pieces = Math.floor((pointsMax - 2) / 2)
  const edge = (piece: number): number => 1 + Math.floor((piece * inner) / pieces)
  const extremes = Array.from({ length: pieces }, (_, piece) => extremesOf(values, edge(piece), edge(piece + 1)))
  return [0, ...extremes.flat(), length - 1]
}

/** Where the smallest and the largest value in [from, to) stand, in their order; the first point when there is none. */
function extremesOf(values: ArrayLike<number>, from: number, to: number): number[] {
  let least = -1
  let most = -1
  for (let point = from; point < to; point++) {
    const value = values[point]!
    if (Number.isNaN(value)) continue
    if (least < 0 || value < values[least]!) least = point
    if (most < 0 || value > values[most]!) most = point
  }
  if (least < 0) return [from]
  if (least === most) return [least]
  return least < most ? [least, most] : [most, least]
}
