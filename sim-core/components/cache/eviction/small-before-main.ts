// What S3-FIFO and its forerunner share: a small queue for newcomers, a main one with second chances, a memory of keys.

import { EntryQueue } from './entry-queue.ts'
import type { PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownUint8 } from './grown-array.ts'

/** Share of the capacity that belongs to the small queue. */
const SMALL_SHARE = 0.1

/** Weight of keys remembered, as a share of the capacity. */
const GHOST_SHARE = 0.9

/** Accesses are counted up to here: two bits. */
const ACCESSES_MAX = 3

/** State of an entry: accesses in the low two bits, and this bit when it is in the main queue. */
const MAIN_BIT = 4

/**
 * A policy without the choice of its victim. Keys that come back while they are remembered enter the main queue, others the
 * small one; an access counts up to 3; the main queue gives an entry another round for each of its accesses.
 */
export class SmallBeforeMain {
  readonly small = new EntryQueue()
  readonly main = new EntryQueue()
  readonly mainLimit: number
  /** The key that is about to be put in was remembered. */
  isReturning = false
  readonly #residents: Residents
  readonly #ghosts: GhostQueue
  readonly #mainWeight = new Float64Array(1)
  #states = new Uint8Array(0)

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity } = options
    this.#residents = residents
    this.mainLimit = capacity - Math.floor(capacity * SMALL_SHARE)
    this.#ghosts = new GhostQueue(options, Math.floor(capacity * GHOST_SHARE))
  }

  /** In entries or bytes, as the capacity is. */
  get mainWeight(): number {
    return this.#mainWeight[0]!
  }

  grow(slots: number): void {
    this.small.grow(slots)
    this.main.grow(slots)
    this.#states = grownUint8(this.#states, slots)
  }

  admits(key: number): boolean {
    this.isReturning = this.#ghosts.take(key)
    return true
  }

  inserted(entry: number): void {
    if (this.isReturning) {
      this.#enterMain(entry)
      return
    }
    this.#states[entry] = 0
    this.small.add(entry)
  }

  touched(entry: number): void {
    const state = this.#states[entry]!
    if ((state & ACCESSES_MAX) < ACCESSES_MAX) this.#states[entry] = state + 1
  }

  removed(entry: number): void {
    if (this.#states[entry]! >= MAIN_BIT) this.#leaveMain(entry)
    else this.small.delete(entry)
  }

  cleared(): void {
    this.small.clear()
    this.main.clear()
    this.#ghosts.clear()
    this.#mainWeight[0] = 0
  }

  /** The oldest newcomer leaves the small queue: out, and remembered, unless it had that many accesses; then it is in main. */
  demote(oldest: number, accessesToStay: number): boolean {
    this.small.takeOldest()
    if (this.#states[oldest]! < accessesToStay) {
      this.#ghosts.remember(this.#residents.keyOf(oldest), this.#residents.weight(oldest), 0)
      return true
    }
    this.#enterMain(oldest)
    return false
  }

  /** The oldest entry of the main queue without accesses; those before it have one access less, and another round. */
  evictFromMain(): number {
    const main = this.main
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

  #enterMain(entry: number): void {
    this.#states[entry] = MAIN_BIT
    this.#mainWeight[0] = this.#mainWeight[0]! + this.#residents.weight(entry)
    this.main.add(entry)
  }

  #leaveMain(entry: number): void {
    this.#mainWeight[0] = this.#mainWeight[0]! - this.#residents.weight(entry)
    this.main.delete(entry)
  }
}
