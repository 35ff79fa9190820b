// The figures of a queueing case: what the vectors expect, how it is measured, and how closely it must be met.
import { isRecord, numberOf } from '../adapters/case-fields.ts'
import type { Histogram, Measured } from './measured.ts'

/** Durations that one replication measured. */
export type HistogramOf = (measured: Measured) => Histogram

/** How a number is read from one replication. */
export type NumberOf = (measured: Measured) => number

/** One number that a study is judged by. */
export interface Figure {
  readonly name: string
  readonly expected: number
  /** Its value in one replication, or the histogram of which it is the quantile at `share`. */
  readonly of: NumberOf | { readonly histogram: HistogramOf; readonly share: number }
  /**
   * Allowed half-width in units of that of a mean. Vectors, section 3: quantiles twice up to p99, four times at p99.9;
   * five times with heavy-tailed service.
   */
  readonly widths: number
  /** What the allowed half-width is relative to; the expected value unless that of a quantile is small. */
  readonly scale: number
  /** Allowed half-width as it stands, in place of a relative one. */
  readonly absolute?: number
  /** How far the expected value may itself be off, where it is an approximation. */
  readonly uncertainty?: number
}

/** Below this a probability is judged absolutely, and by how much (vectors, section 3). */
const SMALL_PROBABILITY = 0.01
const SMALL_PROBABILITY_WIDTH = 0.002

const HEAVY_TAIL_WIDTHS = 5
const QUANTILE_WIDTHS = 2
const FAR_QUANTILE_WIDTHS = 4

const QUANTILES: Readonly<Record<string, number>> = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p99_9: 0.999 }

/** A mean, or another figure that is judged as one. */
export function mean(name: string, expected: number, of: NumberOf, heavyTailed = false): Figure {
  return { name, expected, of, widths: heavyTailed ? HEAVY_TAIL_WIDTHS : 1, scale: expected }
}

/** A probability or a share. */
export function probability(name: string, expected: number, of: NumberOf): Figure {
  const figure = mean(name, expected, of)
  return expected < SMALL_PROBABILITY ? { ...figure, absolute: SMALL_PROBABILITY_WIDTH } : figure
}

/**
 * The quantiles of one distribution, `{p50: .., p99_9: ..}`. The width of a quantile is relative to the mean of its
 * distribution where it is less than that: a quantile just above an atom at zero, as the median wait is where half of the
 * customers wait, is a vanishing number whose relative width says nothing about the effort that was spent.
 */
export function quantiles(
  name: string,
  expected: Readonly<Record<string, unknown>>,
  meanOfDistribution: number,
  histogram: HistogramOf,
  heavyTailed = false,
): Figure[] {
  return Object.keys(expected).map((key) => {
    const share = QUANTILES[key]
    if (share === undefined) throw new TypeError(`no quantile ${key}`)
    const value = numberOf(expected, key)
    const far = share > 0.99 ? FAR_QUANTILE_WIDTHS : QUANTILE_WIDTHS
    return {
      name: `${name}.${key}`,
      expected: value,
      of: { histogram, share },
      widths: heavyTailed ? far * HEAVY_TAIL_WIDTHS : far,
      scale: Math.max(value, meanOfDistribution),
    }
  })
}

/** How a field of `expected` becomes figures. */
export type FieldFigures = (name: string, value: unknown) => readonly Figure[]

/** The figures of a field, or in words why it is not compared. */
export type FieldReading = FieldFigures | string

/** A field that is one number. */
export function field(
  of: NumberOf,
  make: (name: string, expected: number, of: NumberOf) => Figure = mean,
): FieldFigures {
  return (name, value) => {
    if (typeof value !== 'number') throw new TypeError(`field ${name} is no number`)
    return [make(name, value, of)]
  }
}

/** A field that is a map of quantiles. */
export function quantileField(histogram: HistogramOf, meanOfDistribution: number, heavyTailed = false): FieldFigures {
  return (name, value) => {
    if (!isRecord(value)) throw new TypeError(`field ${name} is no map of quantiles`)
    return quantiles(name, value, meanOfDistribution, histogram, heavyTailed)
  }
}

/** The figures of all fields; a field that has no reading is an error, so that nothing is left out unsaid. */
export function figuresOf(
  expected: Readonly<Record<string, unknown>>,
  readings: Readonly<Record<string, FieldReading>>,
  prefix = '',
): Figure[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const reading = Object.hasOwn(readings, name) ? readings[name] : undefined
    if (reading === undefined) throw new TypeError(`field ${name} is neither compared nor said to be left out`)
    return typeof reading === 'string' ? [] : reading(prefix + name, value)
  })
}
