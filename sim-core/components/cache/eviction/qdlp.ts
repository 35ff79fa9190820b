// Eviction with quick demotion of newcomers and lazy promotion of the rest: a small queue before a clock.

import { definePolicy } from './define-policy.ts'
import { EntryQueue } from './entry-queue.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownUint8 } from './grown-array.ts'

/** Share of the capacity that belongs to the queue of newcomers. */
const SMALL_SHARE = 0.1

/** Weight of keys remembered, as a share of the capacity. */
const GHOST_SHARE = 0.9

/** Rounds that accesses can earn in the clock: a counter of two bits. */
const ROUNDS_MAX = 3

/** State of an entry: accesses in the low two bits, and this bit when it is in the clock. */
const MAIN_BIT = 4

/**
 * Source: J. Yang, Z. Qiu, Y. Zhang, Y. Yue, K. V. Rashmi, "FIFO can be better than LRU: the power of lazy promotion and
 * quick demotion", HotOS 2023, section 4: a probationary queue of 10 % of the space, a main cache with 2-bit clock, and a
 * ghost queue with as many entries as the main cache; an object accessed in the probationary queue moves to the main cache
 * when it leaves the queue, others to the ghost queue; a miss found in the ghost queue enters the main cache.
 * Differs from the source: see `differs` below.
 */
class QdlpOrder implements EvictionPolicy {
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
    const limit = this.#mainLimit
    // A key that comes back goes to the clock, so the clock makes room for it when it is full.
    const isMainFull = this.#isReturning ? this.#mainWeight[0]! >= limit : this.#mainWeight[0]! > limit
    let oldest = isMainFull && this.#main.oldest() >= 0 ? -1 : entries.oldest()
    while (oldest >= 0) {
      entries.takeOldest()
      if (this.#states[oldest] === 0) {
        this.#ghosts.remember(this.#residents.keyOf(oldest), this.#residents.weight(oldest), 0)
        return oldest
      }
      this.#enterMain(oldest)
      oldest = this.#mainWeight[0]! > limit ? -1 : entries.oldest()
    }
    return this.#evictFromMain()
  }

  inserted(entry: number): void {
    if (this.#isReturning) this.#enterMain(entry)
    else {
      this.#states[entry] = 0
      this.#small.add(entry)
    }
  }

  touched(entry: number): void {
    const state = this.#states[entry]!
    if ((state & ROUNDS_MAX) < ROUNDS_MAX) this.#states[entry] = state + 1
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

/** QD-LP-FIFO. */
export const qdlp = definePolicy({
  id: 'qdlp',
  label: 'QD-LP-FIFO',
  help: 'Newcomers pass a small queue (10 %) and leave quickly unless they are asked for there; the rest is a clock of two bits. The forerunner of S3-FIFO.',
  source:
    'J. Yang, Z. Qiu, Y. Zhang, Y. Yue, K. V. Rashmi, "FIFO can be better than LRU: the power of lazy promotion and quick demotion", HotOS 2023, section 4',
  differs:
    'A key that comes back while the clock has its share makes room in the clock. Shares are of entries or of bytes, as the capacity is.',
  createPolicy: (options, residents) => new QdlpOrder(options, residents),
})
