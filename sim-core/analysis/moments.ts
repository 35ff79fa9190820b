// Mean, variance and autocorrelation of a series, summed in index order so that equal input gives equal bits.

/** Arithmetic mean; NaN of an empty series. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? NaN
  return sum / values.length
}

/** Sum of squared deviations from `centre`. */
export function squaredDeviations(values: ArrayLike<number>, centre: number): number {
  let sum = 0
  for (let i = 0; i < values.length; i += 1) {
    const deviation = (values[i] ?? NaN) - centre
    sum += deviation * deviation
  }
  return sum
}

/** Unbiased sample variance (divisor n - 1), in two passes; NaN of fewer than two values. */
export function sampleVariance(values: ArrayLike<number>): number {
  if (values.length < 2) return NaN
  return squaredDeviations(values, meanOf(values)) / (values.length - 1)
}

/**
 * Autocorrelation at a lag of one: Σ (x_i - m)(x_{i+1} - m) / Σ (x_i - m)². NaN of a constant series.
 * G. E. P. Box, G. M. Jenkins, Time Series Analysis (1970), section 2.1.5, r_1 = c_1 / c_0. Differs from the source: none.
 */
export function lagOneAutocorrelation(values: ArrayLike<number>): number {
  const mean = meanOf(values)
  let covariance = 0
  for (let i = 0; i + 1 < values.length; i += 1) {
    covariance += ((values[i] ?? NaN) - mean) * ((values[i + 1] ?? NaN) - mean)
  }
  return covariance / squaredDeviations(values, mean)
}
