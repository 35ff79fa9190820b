// Histograms of many buckets in little room: each kept as the slice between its first and last used bucket.
import { HISTOGRAM_BUCKETS } from '../kernel/log-histogram.ts'

/** Slices in one pool; plain data that crosses threads. Slice i is counts[offsets[i] .. offsets[i + 1]), from bucket firsts[i] on. */
export interface HistogramSlices {
  readonly offsets: Int32Array
  readonly firsts: Int32Array
  readonly counts: Uint32Array
}

/** Appends histograms and clears them for the next bucket. */
export class HistogramSeries {
  private readonly offsets: number[] = [0]
  private readonly firsts: number[] = []
  private pool = new Uint32Array(4096)
  private used = 0

  /** Stores the counts as the next slice and sets them to zero. */
  take(counts: Uint32Array): void {
    let first = 0
    let end = HISTOGRAM_BUCKETS
    while (first < end && counts[first] === 0) first++
    while (end > first && counts[end - 1] === 0) end--
    const length = end - first
    if (this.used + length > this.pool.length) this.grow(this.used + length)
    this.pool.set(counts.subarray(first, end), this.used)
    this.used += length
    this.firsts.push(first)
    this.offsets.push(this.used)
    counts.fill(0, first, end)
  }

  /** A copy of the slices from number `from` on. */
  read(from: number): HistogramSlices {
    const start = this.offsets[from] ?? this.used
    return {
      offsets: Int32Array.from(this.offsets.slice(from), (offset) => offset - start),
      firsts: Int32Array.from(this.firsts.slice(from)),
      counts: this.pool.slice(start, this.used),
    }
  }

  private grow(needed: number): void {
    const grown = new Uint32Array(Math.max(needed, this.pool.length * 2))
    grown.set(this.pool)
    this.pool = grown
  }
}

/** Adds slices `from` up to but not including `to` onto `total`, an array of HISTOGRAM_BUCKETS. */
export function addSlices(total: Float64Array, slices: HistogramSlices, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const start = slices.offsets[i]!
    const end = slices.offsets[i + 1]!
    const first = slices.firsts[i]!
    for (let at = start; at < end; at++) total[first + at - start] = total[first + at - start]! + slices.counts[at]!
  }
}
