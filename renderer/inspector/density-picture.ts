/** The picture of a distribution: a curve to draw, what stands alone, and the figures that are marked. */
import type { Atom } from '../../sim-core/distributions/distribution.ts'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import { distributionMean, distributionOf } from '../../sim-core/distributions/registry.ts'

/** How a distribution is drawn. */
export interface PictureOptions {
  readonly curve: 'density' | 'cumulative'
  /** Whether the axis of values is logarithmic; the density is then per factor, so that areas stay probabilities. */
  readonly isLogarithmic: boolean
}

/** A figure of the distribution, in base units. */
export interface PictureMark {
  readonly id: 'mean' | 'p50' | 'p95' | 'p99'
  readonly value: number
}

/** A curve over values in base units; heights are shares of the highest. */
export interface DensityPicture {
  readonly from: number
  readonly to: number
  readonly isLogarithmic: boolean
  readonly points: readonly { readonly x: number; readonly height: number }[]
  readonly atoms: readonly Atom[]
  readonly marks: readonly PictureMark[]
}

/** Points of the curve: about one for every two pixels. */
const POINTS = 160

/** What lies outside of these is not drawn. */
const LEAST_SHARE = 0.001
const GREATEST_SHARE = 0.995

/** Heights beyond this many times that at the median are cut: a pole would hide all the rest. */
const HIGHEST_OVER_MEDIAN = 12

/** Lowest value of a logarithmic axis, relative to the highest. */
const LOG_SPAN = 1e-5

/** Draws a distribution. */
export function densityPicture(spec: DistributionSpec, options: PictureOptions): DensityPicture {
  const definition = distributionOf(spec)
  const marks = marksOf(spec)
  const { from, to } = rangeOf(spec, marks, options.isLogarithmic)
  const isLogarithmic = options.isLogarithmic && from > 0
  const at = (share: number): number => (isLogarithmic ? from * (to / from) ** share : from + (to - from) * share)
  const xs = Array.from({ length: POINTS + 1 }, (_, index) => at(index / POINTS))
  if (options.curve === 'cumulative') {
    return {
      from,
      to,
      isLogarithmic,
      points: xs.map((x) => ({ x, height: definition.cdf(spec, x) })),
      atoms: [],
      marks,
    }
  }
  const heights = xs.map((x) => definition.density(spec, x) * (isLogarithmic ? x : 1))
  const median = definition.quantile(spec, 0.5)
  const cap = definition.density(spec, median) * (isLogarithmic ? median : 1) * HIGHEST_OVER_MEDIAN
  const finite = heights.filter((height) => Number.isFinite(height))
  const most = Math.max(...finite, 0)
  const highest = cap > 0 ? Math.min(cap, most) : most
  const points = xs.map((x, index) => ({ x, height: highest > 0 ? Math.min(1, heights[index]! / highest) : 0 }))
  return { from, to, isLogarithmic, points, atoms: definition.atoms?.(spec) ?? [], marks }
}

/** The figures that are marked: finite ones, in order of size. */
function marksOf(spec: DistributionSpec): readonly PictureMark[] {
  const definition = distributionOf(spec)
  const quantile = (p: number): number => definition.quantile(spec, p)
  const marks: readonly PictureMark[] = [
    { id: 'mean', value: distributionMean(spec) },
    { id: 'p50', value: quantile(0.5) },
    { id: 'p95', value: quantile(0.95) },
    { id: 'p99', value: quantile(0.99) },
  ]
  return marks.filter(({ value }) => Number.isFinite(value))
}

function rangeOf(spec: DistributionSpec, marks: readonly PictureMark[], isLogarithmic: boolean) {
  const definition = distributionOf(spec)
  const quantile = (p: number): number => definition.quantile(spec, p)
  const low = quantile(LEAST_SHARE)
  const most = quantile(GREATEST_SHARE)
  // A single value stands in the middle of its picture.
  if (low === most) return low === 0 ? { from: -1, to: 1 } : { from: Math.min(0, 2 * low), to: Math.max(0, 2 * low) }
  const high = Math.max(most, ...marks.map(({ value }) => value * 1.02))
  if (isLogarithmic && low >= 0) return { from: Math.max(low, high * LOG_SPAN), to: high }
  // A scale from zero tells sizes apart honestly, unless it would leave most of the picture empty.
  const isNearZero = low >= 0 && low < high / 2
  return { from: isNearZero ? 0 : low, to: high }
}
