// Eviction of the entry whose last access but one is longest ago.

import { definePolicy } from './define-policy.ts'
import { EntryHeap } from './entry-heap.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownFloat64 } from './grown-array.ts'

/** Added to the rank of entries known from one access only, so that they precede all others; above any count of accesses. */
const ONCE = -(2 ** 52)

/** No earlier access of the key that comes in is known. */
const UNKNOWN = -1

/**
 * Source: E. J. O'Neil, P. E. O'Neil, G. Weikum, "The LRU-K page replacement algorithm for database disk buffering",
 * SIGMOD 1993, definitions 2.1 and 2.2 and figure 2.1 with K = 2: the page to be dropped is the one whose backward
 * 2-distance (the distance to the second most recent reference) is the largest, infinite for pages referenced once; ties
 * are broken by a subsidiary policy; the history of a dropped page is retained.
 * Differs from the source: see `differs` below.
 */
class LruKOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #order = new EntryHeap()
  /** Evicted keys, each with the number of its last access. */
  readonly #history: GhostQueue
  /** Number of each entry's last access. */
  #last = new Float64Array(0)
  /** Accesses so far, and the last access of the key that comes in. */
  readonly #count = new Float64Array(1)
  readonly #returning = new Float64Array(1)

  constructor(options: PolicyOptions, residents: Residents) {
    this.#residents = residents
    this.#history = new GhostQueue(options, Infinity)
  }

  grow(slots: number): void {
    this.#order.grow(slots)
    this.#last = grownFloat64(this.#last, slots)
  }

  admits(key: number): boolean {
    const remembered = this.#history.find(key)
    this.#returning[0] = UNKNOWN
    if (remembered >= 0) {
      this.#returning[0] = this.#history.noteOf(remembered)
      this.#history.delete(remembered)
    }
    return true
  }

  evict(): number {
    const victim = this.#order.first()
    this.#order.delete(victim)
    this.#history.remember(this.#residents.keyOf(victim), 1, this.#last[victim]!)
    return victim
  }

  inserted(entry: number): void {
    const access = this.#countAccess()
    const before = this.#returning[0]!
    this.#last[entry] = access
    this.#order.add(entry, before === UNKNOWN ? ONCE + access : before)
  }

  touched(entry: number): void {
    this.#order.move(entry, this.#last[entry]!)
    this.#last[entry] = this.#countAccess()
  }

  removed(entry: number): void {
    this.#order.delete(entry)
  }

  cleared(): void {
    this.#order.clear()
    this.#history.clear()
  }

  #countAccess(): number {
    const access = this.#count[0]! + 1
    this.#count[0] = access
    return access
  }
}

/** LRU-K with K = 2. */
export const lruK = definePolicy({
  id: 'lru_k',
  label: 'LRU-2',
  help: 'Evicts the entry whose last access but one is longest ago; keys known from a single access go first. Remembers the last access of every key that was evicted.',
  source:
    'E. J. O\'Neil, P. E. O\'Neil, G. Weikum, "The LRU-K page replacement algorithm for database disk buffering", SIGMOD 1993, section 2',
  differs:
    'K is 2 and the subsidiary policy LRU. No correlated reference period; history is retained for ever, 28 bytes for each evicted key. Time is counted in accesses.',
  createPolicy: (options, residents) => new LruKOrder(options, residents),
})
