// Eviction with three first-in first-out queues: a small one for newcomers, a main one, and a memory of keys.

import { definePolicy } from './define-policy.ts'
import { EntryQueue } from './entry-queue.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownUint8 } from './grown-array.ts'

/** Share of the capacity that belongs to the small queue. */
const SMALL_SHARE = 0.1

/** Weight of keys remembered, as a share of the capacity. */
const GHOST_SHARE = 0.9

/** Accesses in the small queue from which on an entry is promoted. */
const PROMOTION_ACCESSES = 2

/** Accesses are counted up to here: two bits. */
const ACCESSES_MAX = 3

/** State of an entry: accesses in the low two bits, and this bit when it is in the main queue. */
const MAIN_BIT = 4

/**
 * Source: J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023,
 * section 4 and algorithm 1: a miss enters S, or M when it is in G; a hit counts up to 3; eviction from S moves accessed
 * objects to M and the others to G; eviction from M reinserts accessed objects with their count less one.
 * Differs from the source: see `differs` below.
 */
class S3FifoOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #small = new EntryQueue()
  readonly #main = new EntryQueue()
  readonly #ghosts: GhostQueue
  readonly #mainLimit: number
  readonly #mainWeight = new Float64Array(1)
  #states = new Uint8Array(0)
  #isReturning = false

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity } = options
    this.#residents = residents
    this.#mainLimit = capacity - Math.floor(capacity * SMALL_SHARE)
    this.#ghosts = new GhostQueue(options, Math.floor(capacity * GHOST_SHARE))
  }

  grow(slots: number): void {
    this.#small.grow(slots)
    this.#main.grow(slots)
    this.#states = grownUint8(this.#states, slots)
  }

  admits(key: number): boolean {
    this.#isReturning = this.#ghosts.take(key)
    return true
  }

  evict(): number {
    const entries = this.#small
    let oldest = this.#mainWeight[0]! > this.#mainLimit ? -1 : entries.oldest()
    while (oldest >= 0) {
      entries.takeOldest()
      if (this.#states[oldest]! < PROMOTION_ACCESSES) {
        this.#ghosts.remember(this.#residents.keyOf(oldest), this.#residents.weight(oldest), 0)
        return oldest
      }
      this.#enterMain(oldest)
      oldest = entries.oldest()
    }
    return this.#evictFromMain()
  }

  inserted(entry: number): void {
    if (this.#isReturning) {
      this.#enterMain(entry)
      return
    }
    this.#states[entry] = 0
    this.#small.add(entry)
  }

  touched(entry: number): void {
    const state = this.#states[entry]!
    if ((state & ACCESSES_MAX) < ACCESSES_MAX) this.#states[entry] = state + 1
  }

  removed(entry: number): void {
    if (this.#states[entry]! >= MAIN_BIT) this.#leaveMain(entry)
    else this.#small.delete(entry)
  }

  cleared(): void {
    this.#small.clear()
    this.#main.clear()
    this.#ghosts.clear()
    this.#mainWeight[0] = 0
  }

  #enterMain(entry: number): void {
    this.#states[entry] = MAIN_BIT
    this.#mainWeight[0] = this.#mainWeight[0]! + this.#residents.weight(entry)
    this.#main.add(entry)
  }

  #leaveMain(entry: number): void {
    this.#mainWeight[0] = this.#mainWeight[0]! - this.#residents.weight(entry)
    this.#main.delete(entry)
  }

  #evictFromMain(): number {
    const main = this.#main
    const states = this.#states
    let victim = main.oldest()
    while (states[victim]! > MAIN_BIT) {
      states[victim] = states[victim]! - 1
      main.renewOldest()
      victim = main.oldest()
    }
    this.#mainWeight[0] = this.#mainWeight[0]! - this.#residents.weight(victim)
    main.takeOldest()
    return victim
  }
}

/** S3-FIFO. */
export const s3Fifo = definePolicy({
  id: 's3_fifo',
  label: 'S3-FIFO',
  help: 'Three queues without reordering: new keys pass a small one (10 %), those asked for at least twice there, or again soon after leaving it, are kept in the main one. Good against keys that are asked for only once.',
  source:
    'J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023, algorithm 1',
  differs:
    'The memory of keys is 90 % of the capacity; the main queue is evicted from only while it is above its share or the small one is empty. Shares are of entries or of bytes, as the capacity is.',
  createPolicy: (options, residents) => new S3FifoOrder(options, residents),
})
