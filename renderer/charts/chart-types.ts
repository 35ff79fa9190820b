/** What charts over simulated time are made of. */
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'

/** Simulated seconds, or values; `null` and NaN are gaps. */
export type Instants = readonly number[] | Float64Array
export type Values = readonly (number | null)[] | Float64Array

/** One line of a chart. Its arrays have the same length; instants rise. */
export interface ChartSeries {
  readonly id: string
  readonly label: string
  /** Id of the component whose colour the line bears. Further lines of one component differ in shade and dashes. */
  readonly colourOf: string
  readonly x: Instants
  readonly y: Values
  /** An interval around the line. */
  readonly band?: { readonly low: Values; readonly high: Values }
  /** `step`: each value holds for the bucket that ends at its instant. */
  readonly kind?: 'line' | 'area' | 'step'
}

/** An objective, drawn as a line with its value. */
export interface ChartTarget {
  readonly value: number
  readonly label: string
}

/** What is drawn, apart from size, colours and what the reader chose. */
export interface ChartContent {
  /** What is shown, in words. */
  readonly title: string
  /** As `figureText` takes it. */
  readonly unit: string
  readonly series: readonly ChartSeries[]
  readonly target?: ChartTarget
  /** Simulated seconds that no figure counts. */
  readonly warmupS?: number
  readonly events?: readonly HappeningResult[]
  readonly logarithmic?: boolean
  /** Where the time axis ends although the series end before. */
  readonly endS?: number
}

/** A stretch of simulated time, in s. */
export interface TimeSpan {
  readonly fromS: number
  readonly toS: number
}

/** Colours of everything that is not a series, as the canvas wants them. */
export interface ChartPalette {
  readonly text: string
  readonly dimmed: string
  readonly grid: string
  readonly surface: string
  readonly target: string
  readonly shade: string
  readonly flag: string
  readonly fontFamily: string
}
