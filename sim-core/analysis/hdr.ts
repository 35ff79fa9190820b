// A histogram that buckets exactly as HdrHistogram does, to exchange latencies with tools that speak its format.

/** Bits of significand below the top one in a double; larger integers are no longer exact. */
const INTEGER_BITS = 53

/** Configuration of a histogram of whole numbers from 0 up. */
export interface HdrOptions {
  /** Decimal digits kept of every value, 0..5. */
  readonly significantDigits: number
  /** Largest value that must be told apart, at least 2; values beyond the last bucket are counted in `outOfRange`. */
  readonly highestTrackable: number
}

/**
 * Counts whole numbers with a fixed relative resolution.
 *
 * G. Tene, HdrHistogram (public domain), as observed on hdr-histogram-js 3.0.1: bucket k holds the values below
 * subBucketCount 2^k in units of 2^k, with subBucketCount the power of two at or above 2 * 10^digits.
 * Differs from the source: the lowest discernible value is always 1, and a value out of range is counted, not thrown.
 */
export class HdrHistogram {
  readonly #subBucketHalfCount: number
  readonly #subBucketHalfBits: number
  readonly #counts: Float64Array
  #totalCount = 0
  #outOfRange = 0
  #min = Infinity
  #max = 0

  constructor({ significantDigits, highestTrackable }: HdrOptions) {
    const singleUnitMax = 2 * 10 ** significantDigits
    let subBucketBits = 1
    while (2 ** subBucketBits < singleUnitMax) subBucketBits += 1
    this.#subBucketHalfBits = subBucketBits - 1
    this.#subBucketHalfCount = 2 ** this.#subBucketHalfBits
    let buckets = 1
    while (2 ** (subBucketBits + buckets - 1) <= highestTrackable && subBucketBits + buckets <= INTEGER_BITS)
      buckets += 1
    this.#counts = new Float64Array((buckets + 1) * this.#subBucketHalfCount)
  }

  /** Values recorded, without those out of range. */
  get totalCount(): number {
    return this.#totalCount
  }

  /** Values that were negative, not whole, or beyond the last bucket; they enter no other figure. */
  get outOfRange(): number {
    return this.#outOfRange
  }

  /** Smallest value recorded, exact; 0 of an empty histogram. */
  get min(): number {
    return this.#totalCount === 0 ? 0 : this.#min
  }

  /** Largest value recorded, exact; 0 of an empty histogram. */
  get max(): number {
    return this.#max
  }

  /** Counts one value. */
  record(value: number): void {
    const index = Number.isInteger(value) && value >= 0 ? this.#indexOf(value) : Infinity
    if (index >= this.#counts.length) {
      this.#outOfRange += 1
      return
    }
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#totalCount += 1
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
  }

  /**
   * Counts a value and the ones a stalled load generator failed to send: value - interval, value - 2 interval, ... down
   * to the interval itself, HdrHistogram's correction of coordinated omission. An interval of 0 or less corrects nothing.
   */
  recordWithExpectedInterval(value: number, expectedInterval: number): void {
    this.record(value)
    if (!(expectedInterval > 0)) return
    for (let missing = value - expectedInterval; missing >= expectedInterval; missing -= expectedInterval) {
      this.record(missing)
    }
  }

  /** Mean, each value taken as the middle of its bucket; 0 of an empty histogram. */
  mean(): number {
    if (this.#totalCount === 0) return 0
    return this.#sumOver((value) => value) / this.#totalCount
  }

  /** Population standard deviation, each value taken as the middle of its bucket; 0 of an empty histogram. */
  standardDeviation(): number {
    if (this.#totalCount === 0) return 0
    const mean = this.mean()
    return Math.sqrt(this.#sumOver((value) => (value - mean) ** 2) / this.#totalCount)
  }

  /**
   * The largest value in the bucket that holds the given percentile, 0..100; at percentile 0 the smallest value in the
   * first bucket in use. 0 of an empty histogram.
   */
  valueAtPercentile(percentile: number): number {
    const fraction = Math.min(percentile, 100) / 100
    const exactRank = fraction * this.#totalCount
    // One unit in the last place is taken off, lest rounding skips a rank that is whole on paper.
    const rank = Math.max(Math.ceil(exactRank - unitInLastPlace(exactRank)), 1)
    let seen = 0
    for (let index = 0; index < this.#counts.length; index += 1) {
      seen += this.#counts[index] ?? 0
      if (seen >= rank)
        return percentile === 0 ? this.#lowestAt(index) : this.#lowestAt(index) + this.#unitAt(index) - 1
    }
    return 0
  }

  #indexOf(value: number): number {
    const bucket = Math.max(bitLength(value) - 1 - this.#subBucketHalfBits, 0)
    return bucket * this.#subBucketHalfCount + Math.floor(value / 2 ** bucket)
  }

  /** The width of the values counted at an index. */
  #unitAt(index: number): number {
    return 2 ** this.#bucketAt(index)
  }

  #lowestAt(index: number): number {
    const bucket = this.#bucketAt(index)
    return (index - bucket * this.#subBucketHalfCount) * 2 ** bucket
  }

  #bucketAt(index: number): number {
    return Math.max(Math.floor(index / this.#subBucketHalfCount) - 1, 0)
  }

  #sumOver(term: (value: number) => number): number {
    let sum = 0
    for (let index = 0; index < this.#counts.length; index += 1) {
      const count = this.#counts[index] ?? 0
      if (count > 0) sum += count * term(this.#lowestAt(index) + Math.floor(this.#unitAt(index) / 2))
    }
    return sum
  }
}

/** Binary digits of a whole number; exact where a rounded logarithm is not. */
function bitLength(value: number): number {
  return value < 2 ** 32 ? 32 - Math.clz32(value) : 64 - Math.clz32(Math.floor(value / 2 ** 32))
}

/** The gap between a positive double and the next larger one. */
function unitInLastPlace(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  let power = 2 ** Math.floor(Math.log2(value))
  if (power > value) power /= 2
  return power * Number.EPSILON
}
