// Sample quantiles by each of the nine definitions in use.

/** The definitions by their usual number: 1 is the nearest rank, 7 the default of R, NumPy and most spreadsheets. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** An ascending copy of the values. */
export function sortedCopy(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort()
}

/**
 * The quantile of an ascending sample at `probability` in 0..1; NaN of an empty sample.
 *
 * R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996), equation 1:
 * Q_i(p) = (1 - γ) X_(j) + γ X_(j+1), j = floor(pn + m), g = pn + m - j, with m and γ of each definition.
 * Differs from the source: ranks outside 1..n are taken as 1 or n.
 */
export function sampleQuantile(ascending: ArrayLike<number>, probability: number, type: QuantileType = 7): number {
  const count = ascending.length
  const position = probability * count + offsetOf(type, probability)
  const rank = Math.floor(position)
  const weight = weightOf(type, rank, position - rank)
  const lower = ascending[clampedIndex(rank, count)] ?? NaN
  const upper = ascending[clampedIndex(rank + 1, count)] ?? NaN
  return weight === 0 ? lower : lower + weight * (upper - lower)
}

/** m of each definition, section 2 and table 1. */
function offsetOf(type: QuantileType, p: number): number {
  switch (type) {
    case 1:
    case 2:
    case 4:
      return 0
    case 3:
      return -0.5
    case 5:
      return 0.5
    case 6:
      return p
    case 7:
      return 1 - p
    case 8:
      return (p + 1) / 3
    case 9:
      return p / 4 + 3 / 8
  }
}

/** γ of each definition: types 1 to 3 are step functions, the others interpolate. */
function weightOf(type: QuantileType, rank: number, fraction: number): number {
  switch (type) {
    case 1:
      return fraction > 0 ? 1 : 0
    case 2:
      return fraction > 0 ? 1 : 0.5
    case 3:
      return fraction === 0 && rank % 2 === 0 ? 0 : 1
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
      return fraction
  }
}

function clampedIndex(rank: number, count: number): number {
  return Math.min(Math.max(rank, 1), count) - 1
}
