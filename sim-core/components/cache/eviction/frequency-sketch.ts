// About how often keys were asked for lately, in a few bytes per entry of a cache: what admission decides by.

/** Counters of one byte per entry of the cache. */
const COUNTERS_PER_ENTRY = 8

/** Counters of each key. */
const ROWS = 4

/** Counters stop here: one byte. */
const COUNT_MAX = 255

/** The second hash is the first one of the key with these bits turned over. */
const SECOND_HASH_BITS = 0x0123_4567

const TWO_POW_MINUS_32 = 1 / 4_294_967_296

/**
 * Approximate counts that never fall short: of several counters shared with other keys the smallest counts.
 *
 * Source: L. Fan, P. Cao, J. Almeida, A. Z. Broder, "Summary cache: a scalable wide-area web cache sharing protocol",
 * IEEE/ACM Trans. Networking 8(3), 2000, section V-C, counting Bloom filter; positions by A. Kirsch, M. Mitzenmacher,
 * "Less hashing, same performance: building a better Bloom filter", ESA 2006, g_i(x) = h1(x) + i * h2(x).
 * Differs from the source: counters of 8 bits that stay at their maximum; a sum is brought into range by its high bits.
 */
export class FrequencySketch {
  #entries: number
  #counts: Uint8Array

  /** @param entries of the cache that it serves, at least 1. */
  constructor(entries: number) {
    this.#entries = entries
    this.#counts = new Uint8Array(COUNTERS_PER_ENTRY * entries)
  }

  /** Entries that it is made for. */
  get entries(): number {
    return this.#entries
  }

  /** Twice the counters; every estimate stays what it is. */
  double(): void {
    const before = this.#counts
    const after = new Uint8Array(2 * before.length)
    for (let at = 0; at < after.length; at++) after[at] = before[at >> 1]!
    this.#entries *= 2
    this.#counts = after
  }

  /** About how often the key was counted. */
  estimate(key: number): number {
    const counts = this.#counts
    const length = counts.length
    const first = hashOf(key)
    const second = hashOf(first ^ SECOND_HASH_BITS)
    let least = COUNT_MAX
    for (let row = 0; row < ROWS; row++) {
      least = Math.min(least, counts[positionOf((first + Math.imul(row, second)) | 0, length)]!)
    }
    return least
  }

  /** Counts the key once. */
  add(key: number): void {
    const counts = this.#counts
    const length = counts.length
    const first = hashOf(key)
    const second = hashOf(first ^ SECOND_HASH_BITS)
    for (let row = 0; row < ROWS; row++) {
      const position = positionOf((first + Math.imul(row, second)) | 0, length)
      const count = counts[position]!
      if (count < COUNT_MAX) counts[position] = count + 1
    }
  }

  /** Halves every count. */
  halve(): void {
    const counts = this.#counts
    for (let at = 0; at < counts.length; at++) counts[at] = counts[at]! >> 1
  }

  /** Forgets everything. */
  clear(): void {
    this.#counts.fill(0)
  }
}

function positionOf(word: number, length: number): number {
  return ((word >>> 0) * length * TWO_POW_MINUS_32) | 0
}

/**
 * A bijection of 32-bit words in which every bit depends on all.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function fmix32 (public domain). Differs from the source: the word is first
 * increased by one, for fmix32 maps 0 to 0.
 */
function hashOf(word: number): number {
  const raised = (word + 1) | 0
  const first = Math.imul(raised ^ (raised >>> 16), 0x85eb_ca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return second ^ (second >>> 16)
}
