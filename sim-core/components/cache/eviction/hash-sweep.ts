// Entries visited round after round in the order of their keys' hashes: how hash tables offer "any" entry cheaply.

import type { Residents } from './eviction.ts'
import { grownInt32 } from './grown-array.ts'

const NONE = -1

/** Buckets at first, as a power of two. */
const BUCKET_BITS_AT_FIRST = 12

/** Buckets per entry at least: few entries share one, and the hand still finds the next within some steps of one word. */
const BUCKETS_PER_ENTRY = 8

/**
 * A chained hash table with a hand that goes from bucket to bucket and takes the newest entry of each. 8 bytes per entry
 * and 32 to 64 for its buckets.
 *
 * Source: libCacheSim (J. Yang), chainedHashTableV2.c, rand_obj, and mymath.h, next_rand: the bucket is had from the low
 * bits of a linear congruential generator, which visits each bucket exactly once per period.
 * Differs from the source: buckets are visited in ascending order; the table has at least 4,096 buckets and 8 for each entry.
 */
export class HashSweep {
  readonly #residents: Residents
  /** Newest entry of each bucket. */
  #first = new Int32Array(2 ** BUCKET_BITS_AT_FIRST).fill(NONE)
  #bits = BUCKET_BITS_AT_FIRST
  /** Next older and next newer entry of the same bucket at 2e and 2e + 1. */
  #links = new Int32Array(0)
  #hand = 0
  #length = 0

  constructor(residents: Residents) {
    this.#residents = residents
  }

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#links = grownInt32(this.#links, 2 * slots)
  }

  /** The next entry under the hand, which moves on. Something must be there. */
  next(): number {
    const first = this.#first
    const mask = first.length - 1
    let hand = this.#hand
    while (first[hand] === NONE) hand = (hand + 1) & mask
    this.#hand = (hand + 1) & mask
    return first[hand]!
  }

  /** Adds an entry that is no member. */
  add(entry: number): void {
    this.#length += 1
    if (this.#length * BUCKETS_PER_ENTRY > this.#first.length) this.#doubleBuckets()
    this.#link(entry)
  }

  /** Takes a member out; its key can still be asked. */
  delete(entry: number): void {
    const links = this.#links
    const older = links[2 * entry]!
    const newer = links[2 * entry + 1]!
    if (newer === NONE) this.#first[this.#bucketOf(entry)] = older
    else links[2 * newer] = older
    if (older !== NONE) links[2 * older + 1] = newer
    this.#length -= 1
  }

  /** Takes every member out. */
  clear(): void {
    this.#first.fill(NONE)
    this.#length = 0
  }

  #bucketOf(entry: number): number {
    return scattered(this.#residents.keyOf(entry)) >>> (32 - this.#bits)
  }

  #link(entry: number): void {
    const bucket = this.#bucketOf(entry)
    const older = this.#first[bucket]!
    this.#links[2 * entry] = older
    this.#links[2 * entry + 1] = NONE
    if (older !== NONE) this.#links[2 * older + 1] = entry
    this.#first[bucket] = entry
  }

  #doubleBuckets(): void {
    const before = this.#first
    this.#first = new Int32Array(2 * before.length).fill(NONE)
    this.#bits += 1
    this.#hand *= 2
    for (const head of before) {
      for (let entry = head; entry !== NONE;) {
        const older = this.#links[2 * entry]!
        this.#link(entry)
        entry = older
      }
    }
  }
}

/**
 * A bijection of 32-bit words in which every bit depends on all.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function fmix32 (public domain). Differs from the source: none.
 */
function scattered(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return second ^ (second >>> 16)
}
