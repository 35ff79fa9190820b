// A histogram of durations in logarithmic buckets, at most 1 % wide either side, that costs about a nanosecond a record.

/** Buckets per octave: 2^6, so a bucket's half-width is 1/128 = 0.78 % of its lower bound. */
const BUCKETS_PER_OCTAVE_LOG2 = 6
const BUCKETS_PER_OCTAVE = 1 << BUCKETS_PER_OCTAVE_LOG2
/** 2^48 ns are 78 hours; longer durations count in the last bucket. */
const OCTAVES = 48
/** Bucket 0 holds zero durations, the last one everything beyond the range. */
export const HISTOGRAM_BUCKETS = OCTAVES * BUCKETS_PER_OCTAVE + 1
const LAST_BUCKET = OCTAVES * BUCKETS_PER_OCTAVE

/** The high word of a double without its low mantissa bits: exponent and the first six mantissa bits. */
const HIGH_WORD_SHIFT = 20 - BUCKETS_PER_OCTAVE_LOG2
/** Bucket of 1 ns before shifting it to 1: exponent bias 1023. */
const FIRST_BUCKET = (1023 << BUCKETS_PER_OCTAVE_LOG2) - 1

const asDouble = new Float64Array(1)
/** The same eight bytes; [1] is the high word on the little-endian machines that run JavaScript engines. */
const asWords = new Uint32Array(asDouble.buffer)

/** Lowest duration of a bucket in ns; that of `HISTOGRAM_BUCKETS` is the end of the range. */
function bucketStartNs(bucket: number): number {
  if (bucket <= 0) return 0
  const step = bucket - 1
  const octave = step >>> BUCKETS_PER_OCTAVE_LOG2
  return 2 ** octave * (1 + (step & (BUCKETS_PER_OCTAVE - 1)) / BUCKETS_PER_OCTAVE)
}

/** Adds one duration to `counts`, an array of HISTOGRAM_BUCKETS. */
export function recordDuration(counts: Uint32Array, durationNs: number): void {
  asDouble[0] = durationNs
  let bucket = (asWords[1]! >>> HIGH_WORD_SHIFT) - FIRST_BUCKET
  if (bucket < 0) bucket = 0
  else if (bucket > LAST_BUCKET) bucket = LAST_BUCKET
  counts[bucket] = counts[bucket]! + 1
}

/**
 * The duration in ns below which the share `probability` of all records lies, interpolated inside its bucket; NaN when
 * there is none. Relative error at most 0.8 %.
 * @param counts counts per bucket, from bucket `first` on
 */
export function histogramQuantileNs(counts: ArrayLike<number>, probability: number, first = 0): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]!
  if (total === 0) return NaN
  const rank = probability * total
  let below = 0
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!
    if (count > 0 && below + count >= rank) {
      const startNs = bucketStartNs(first + i)
      if (startNs === 0) return 0
      return startNs + (bucketStartNs(first + i + 1) - startNs) * ((rank - below) / count)
    }
    below += count
  }
  return bucketStartNs(first + counts.length)
}
