// The time within which a share of tries is answered, learnt from those that were.

import { HISTOGRAM_BUCKETS, histogramQuantileNs, recordDuration } from '../../kernel/log-histogram.ts'

/** Answers between two looks at the histogram, and before the first. */
const ANSWERS_PER_LOOK = 100

/** Looks after which all that is known counts half, so that the last few thousand answers decide. */
const LOOKS_PER_HALVING = 10

/** A quantile of latencies of late, within 1 %. */
export class LatencyQuantile {
  private readonly quantile: number
  private readonly counts = new Uint32Array(HISTOGRAM_BUCKETS)
  private answers = 0
  private looks = 0
  private readonly present = Float64Array.of(Infinity)

  constructor(quantile: number) {
    this.quantile = quantile
  }

  /** The quantile in ns; Infinity before enough answers are known. */
  get valueNs(): number {
    return this.present[0]!
  }

  add(durationNs: number): void {
    recordDuration(this.counts, durationNs)
    if (++this.answers % ANSWERS_PER_LOOK !== 0) return
    this.present[0] = Math.round(histogramQuantileNs(this.counts, this.quantile))
    if (++this.looks % LOOKS_PER_HALVING !== 0) return
    for (let bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) this.counts[bucket] = this.counts[bucket]! >>> 1
  }
}
