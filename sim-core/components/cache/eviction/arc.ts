// Eviction that balances recency and frequency by watching which of the two would have kept what is asked for.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownUint8 } from './grown-array.ts'

/** The rings: seen once recently, seen at least twice recently. */
const T1 = 0
const T2 = 1

/** Where the key that comes in was remembered. */
const NOWHERE = 0
const IN_B1 = 1
const IN_B2 = 2

/** Places of the numbers that change with every eviction, in one array. */
const T1_WEIGHT = 0
const T2_WEIGHT = 1
const TARGET = 2
const INCOMING = 3

/**
 * Adaptive replacement cache.
 *
 * Source: N. Megiddo, D. S. Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003, figure 4: a hit moves x
 * to the MRU position of T2; x in B1: p = min(p + d1, c), d1 = 1 if |B1| >= |B2| else |B2| / |B1|, REPLACE, x to T2; x in
 * B2: p = max(p - d2, 0), d2 = 1 if |B2| >= |B1| else |B1| / |B2|, REPLACE, x to T2; else, if |T1| + |B1| = c: if |T1| < c
 * delete the LRU page of B1 and REPLACE, else delete the LRU page of T1; otherwise, if the four lists hold c or more: delete
 * the LRU page of B2 if they hold 2c, and REPLACE; x to T1. REPLACE: if |T1| >= 1 and (x in B2 and |T1| = p, or |T1| > p)
 * the LRU page of T1 moves to B1, else that of T2 to B2.
 * Differs from the source: see `differs` below.
 */
class ArcOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #capacity: number
  readonly #entries = new EntryRings(2)
  readonly #b1: GhostQueue
  readonly #b2: GhostQueue
  readonly #numbers = new Float64Array(4)
  #ringOf = new Uint8Array(0)
  #remembered = NOWHERE

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity } = options
    this.#residents = residents
    this.#capacity = capacity
    this.#b1 = new GhostQueue(options, Infinity)
    this.#b2 = new GhostQueue(options, Infinity)
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#ringOf = grownUint8(this.#ringOf, slots)
  }

  admits(key: number, weight: number): boolean {
    const numbers = this.#numbers
    const weight1 = this.#b1.weight
    const weight2 = this.#b2.weight
    numbers[INCOMING] = weight
    this.#remembered = NOWHERE
    if (this.#b1.take(key)) {
      this.#remembered = IN_B1
      numbers[TARGET] = Math.min(numbers[TARGET]! + Math.max(weight2 / weight1, 1), this.#capacity)
    } else if (this.#b2.take(key)) {
      this.#remembered = IN_B2
      numbers[TARGET] = Math.max(numbers[TARGET]! - Math.max(weight1 / weight2, 1), 0)
    }
    return true
  }

  evict(): number {
    if (this.#remembered !== NOWHERE) return this.#replace()
    const numbers = this.#numbers
    const capacity = this.#capacity
    const incoming = numbers[INCOMING]!
    if (numbers[T1_WEIGHT]! + this.#b1.weight + incoming > capacity) {
      if (!this.#b1.forgetOldest()) return this.#takeOldest(T1)
      while (numbers[T1_WEIGHT]! + this.#b1.weight + incoming > capacity && this.#b1.forgetOldest());
    } else {
      while (this.#totalWeight() + incoming > 2 * capacity && this.#b2.forgetOldest());
    }
    return this.#replace()
  }

  inserted(entry: number): void {
    this.#add(this.#remembered === NOWHERE ? T1 : T2, entry)
  }

  touched(entry: number): void {
    if (this.#ringOf[entry] === T2) {
      this.#entries.renew(T2, entry)
      return
    }
    this.#delete(entry)
    this.#add(T2, entry)
  }

  removed(entry: number): void {
    this.#delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
    this.#b1.clear()
    this.#b2.clear()
    this.#numbers.fill(0)
  }

  #totalWeight(): number {
    return this.#numbers[T1_WEIGHT]! + this.#numbers[T2_WEIGHT]! + this.#b1.weight + this.#b2.weight
  }

  /** REPLACE: the victim leaves for B1 or B2. */
  #replace(): number {
    const recent = this.#numbers[T1_WEIGHT]!
    const target = this.#numbers[TARGET]!
    const isOverTarget = recent > target || (recent === target && this.#remembered === IN_B2)
    const ring = (recent > 0 && isOverTarget) || this.#numbers[T2_WEIGHT] === 0 ? T1 : T2
    const victim = this.#takeOldest(ring)
    const ghosts = ring === T1 ? this.#b1 : this.#b2
    ghosts.remember(this.#residents.keyOf(victim), this.#residents.weight(victim), 0)
    return victim
  }

  #takeOldest(ring: number): number {
    const oldest = this.#entries.oldest(ring)
    this.#delete(oldest)
    return oldest
  }

  #add(ring: number, entry: number): void {
    this.#ringOf[entry] = ring
    this.#numbers[ring] = this.#numbers[ring]! + this.#residents.weight(entry)
    this.#entries.add(ring, entry)
  }

  #delete(entry: number): void {
    const ring = this.#ringOf[entry]!
    this.#numbers[ring] = this.#numbers[ring]! - this.#residents.weight(entry)
    this.#entries.delete(entry)
  }
}

/** Adaptive replacement cache. */
export const arc = definePolicy({
  id: 'arc',
  label: 'ARC',
  help: 'Keeps keys seen once and keys seen more often in two orders, remembers what left either, and shifts room to the one whose absence shows. Adapts to scans and to changes by itself.',
  source: 'N. Megiddo, D. S. Modha, "ARC: a self-tuning, low overhead replacement cache", FAST 2003, figure 4',
  differs:
    'p is a real number. Lists are measured in entries or in bytes, as the capacity is; where removals have left room, a key comes in without replacement.',
  createPolicy: (options, residents) => new ArcOrder(options, residents),
})
