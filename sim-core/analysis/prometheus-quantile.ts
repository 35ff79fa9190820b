// The quantile that Prometheus' histogram_quantile() reports, to compare simulated with scraped latencies.

/**
 * The quantile of a classic Prometheus histogram at `probability` in 0..1; -Infinity below 0 and Infinity above 1.
 * @param upperBounds ascending `le` bounds; the last is Infinity, else the answer is NaN, as for fewer than two buckets.
 * @param cumulative observations at or below each bound; a count below its predecessor is raised to it. No observation: NaN.
 *
 * Prometheus documentation, Query functions, histogram_quantile(): values are spread evenly inside a bucket, the lowest
 * bucket starts at 0 if its bound is positive, a rank in the +Inf bucket gives the highest finite bound, a rank in a lowest
 * bucket with a bound at or below 0 gives that bound, rank 0 in an empty lowest bucket gives NaN. Differs from the source: none.
 */
export function prometheusQuantile(
  probability: number,
  upperBounds: readonly number[],
  cumulative: readonly number[],
): number {
  const last = upperBounds.length - 1
  if (Number.isNaN(probability) || last < 1 || upperBounds[last] !== Infinity) return NaN
  if (probability < 0) return -Infinity
  if (probability > 1) return Infinity
  const counts = neverFalling(cumulative)
  const observations = counts[last] ?? NaN
  if (!(observations > 0)) return NaN
  const rank = probability * observations
  return insideBucket(
    rank,
    counts.findIndex((count) => count >= rank),
    upperBounds,
    counts,
  )
}

/** The value at a rank, spread evenly over its bucket. */
function insideBucket(rank: number, bucket: number, upperBounds: readonly number[], counts: readonly number[]): number {
  if (bucket === upperBounds.length - 1) return upperBounds[bucket - 1] ?? NaN
  const end = upperBounds[bucket] ?? NaN
  if (bucket === 0 && end <= 0) return end
  const start = bucket === 0 ? 0 : (upperBounds[bucket - 1] ?? NaN)
  const below = bucket === 0 ? 0 : (counts[bucket - 1] ?? NaN)
  return start + ((end - start) * (rank - below)) / ((counts[bucket] ?? NaN) - below)
}

function neverFalling(cumulative: readonly number[]): number[] {
  let highest = 0
  return cumulative.map((count) => {
    highest = Math.max(highest, count)
    return highest
  })
}
