// A curve from a share of the keys: which keys are in a sample, and what its misses say of the whole.

const TWO_POW_32 = 4_294_967_296

/** Samples of independent keys from which one curve and its error bound are made. */
export const SAMPLES = 8

/** Entries of a scaled cache below which it says little of the whole one: policies divide their room into shares. */
export const SCALED_ENTRIES_MIN = 20

/**
 * Which keys are in a sample of fixed rate.
 *
 * Source: C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, "Efficient MRC construction with SHARDS", FAST 2015, section 3.1:
 * a key is sampled when hash(key) mod P < T, at rate R = T / P, with all of its requests. Differs from the source: P = 2^32,
 * and each sample has a hash function of its own.
 */
export class SpatialSample {
  readonly #threshold: number
  readonly #salt: number

  /** @param rate R, above 0 and below 1. @param sample number of the sample, which decides on its hash function. */
  constructor(rate: number, sample: number) {
    this.#threshold = Math.round(rate * TWO_POW_32)
    this.#salt = scattered(sample + 1)
  }

  /** @param hash 32 bits of the key, the same at each of its requests */
  has(hash: number): boolean {
    return scattered(hash ^ this.#salt) >>> 0 < this.#threshold
  }
}

/**
 * The miss ratio of the whole trace at a capacity, from the misses of a sample at that capacity times R.
 *
 * Source: Waldspurger et al., FAST 2015, section 3.3, SHARDS-adj: the difference between the expected number of samples N R
 * and the actual one is added to the first bucket of the histogram, whose requests hit at any capacity; and C. A.
 * Waldspurger, T. Saemundsson, I. Ahmad, N. Park, "Cache modeling and optimization using miniature simulations", USENIX ATC
 * 2017, section 3, for policies without stack distances: a cache of R times the capacity replays the sample.
 * Differs from the source: none. It may be above 1, in samples with more than their share of requests: to cut it off there
 * would make the mean of several samples too small, and their spread.
 * @param misses of the sample
 * @param requests N, of the whole trace
 * @param rate R
 */
export function adjustedMissRatio(misses: number, requests: number, rate: number): number {
  return misses / (requests * rate)
}

/**
 * A bijection of 32-bit words in which every bit depends on all.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function fmix32 (public domain). Differs from the source: the word is first
 * increased by one, for fmix32 maps 0 to 0.
 */
export function scattered(word: number): number {
  const raised = (word + 1) | 0
  const first = Math.imul(raised ^ (raised >>> 16), 0x85eb_ca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return second ^ (second >>> 16)
}
