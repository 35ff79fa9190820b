/** What is said of series in numbers: the legend's figures, the whole span, the highest value in view. */
import type { ChartContent, ChartSeries, TimeSpan } from './chart-types.ts'
import { indicesWithin } from './series-window.ts'

/** Figures of the points in view; null where there are none. */
export interface SeriesFigures {
  readonly first: number | null
  readonly mean: number | null
  readonly min: number | null
  readonly max: number | null
  /** When the highest value was reached, in s. */
  readonly maxAtS: number | null
  readonly last: number | null
}

const NO_FIGURES: SeriesFigures = { first: null, mean: null, min: null, max: null, maxAtS: null, last: null }

/** Gaps do not count. */
export function seriesFigures({ x, y }: Pick<ChartSeries, 'x' | 'y'>, span: TimeSpan): SeriesFigures {
  const { from, to } = indicesWithin(x, span)
  let count = 0
  let sum = 0
  let [first, last, min, max, maxAtS] = [NaN, NaN, Infinity, -Infinity, NaN]
  for (let index = from; index < to; index++) {
    const value = y[index] ?? NaN
    const atS = x[index]!
    if (Number.isNaN(value) || atS < span.fromS || atS > span.toS) continue
    if (count === 0) first = value
    count++
    sum += value
    last = value
    min = Math.min(min, value)
    if (value > max) [max, maxAtS] = [value, atS]
  }
  return count === 0 ? NO_FIGURES : { first, mean: sum / count, min, max, maxAtS, last }
}

/** From 0 to the last instant of any series, or to where the axis is to end. */
export function wholeSpan({ series, endS }: Pick<ChartContent, 'series' | 'endS'>): TimeSpan {
  const toS = series.reduce((last, { x }) => Math.max(last, x.at(-1) ?? 0), endS ?? 0)
  return { fromS: 0, toS: toS > 0 ? toS : 1 }
}

/** A zoom that lies outside, as of another run, shows all. */
export function spanInView(zoom: TimeSpan | null, whole: TimeSpan): TimeSpan {
  if (zoom === null || zoom.fromS >= whole.toS || zoom.toS <= zoom.fromS) return whole
  return { fromS: Math.max(whole.fromS, zoom.fromS), toS: Math.min(whole.toS, zoom.toS) }
}
