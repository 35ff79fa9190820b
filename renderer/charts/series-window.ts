/** The part of a series that a chart draws: what is in view, and no more points than the eye can tell apart. */
import type { ChartSeries, Instants, TimeSpan, Values } from './chart-types.ts'

/** Indices [from, to) of the points in view, with one more on either side so that lines run to the edge. */
export function indicesWithin(x: Instants, span: TimeSpan): { readonly from: number; readonly to: number } {
  return {
    from: Math.max(0, firstAtOrAfter(x, span.fromS) - 1),
    to: Math.min(x.length, firstAtOrAfter(x, span.toS) + 1),
  }
}

/** Index of the point nearest to a moment; -1 of no points. */
export function nearestIndex(x: Instants, seconds: number): number {
  if (x.length === 0) return -1
  const after = Math.min(firstAtOrAfter(x, seconds), x.length - 1)
  const before = Math.max(0, after - 1)
  return seconds - x[before]! < x[after]! - seconds ? before : after
}

/**
 * Points in view as `x0, y0, x1, y1, ...`, gaps as NaN. Where there are more than `pointsMax`, each of equally long pieces
 * leaves its lowest and its highest point, in their order, so that no spike is lost.
 */
export function pointsInView({ x, y }: Pick<ChartSeries, 'x' | 'y'>, span: TimeSpan, pointsMax: number): Float64Array {
  const { from, to } = indicesWithin(x, span)
  const count = Math.max(0, to - from)
  if (count <= pointsMax) {
    const points = new Float64Array(2 * count)
    for (let i = 0; i < count; i++) {
      points[2 * i] = x[from + i]!
      points[2 * i + 1] = y[from + i] ?? NaN
    }
    return points
  }
  const pieces = Math.max(1, Math.floor(pointsMax / 2))
  const points = new Float64Array(4 * pieces)
  let length = 0
  for (let piece = 0; piece < pieces; piece++) {
    const [low, high] = extremes(
      y,
      from + Math.floor((piece * count) / pieces),
      from + Math.floor(((piece + 1) * count) / pieces),
    )
    for (const index of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
      points[length] = x[index]!
      points[length + 1] = y[index] ?? NaN
      length += 2
    }
  }
  return points.subarray(0, length)
}

/** Indices of the lowest and the highest value in [from, to); the first index twice when there are only gaps. */
function extremes(y: Values, from: number, to: number): readonly [low: number, high: number] {
  let low = -1
  let high = -1
  for (let index = from; index < to; index++) {
    const value = y[index] ?? NaN
    if (Number.isNaN(value)) continue
    if (low < 0 || value < y[low]!) low = index
    if (high < 0 || value > y[high]!) high = index
  }
  return low < 0 ? [from, from] : [low, high]
}

function firstAtOrAfter(x: Instants, seconds: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < seconds) low = middle + 1
    else high = middle
  }
  return low
}

/** The value at the point nearest to a moment; null in a gap. */
export function valueAt({ x, y }: Pick<ChartSeries, 'x' | 'y'>, seconds: number): number | null {
  const value = y[nearestIndex(x, seconds)] ?? NaN
  return Number.isNaN(value) ? null : value
}
