// Eviction by recency in segments that entries climb by being accessed.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { SegmentedOrder } from './segmented-order.ts'

/** Segments; each has an equal share of the capacity. */
const SEGMENTS = 4

/**
 * Source: R. Karedla, J. S. Love, B. G. Wherry, "Caching strategies to improve disk system performance", IEEE Computer
 * 27(3), 1994, "Segmented LRU": a miss enters the probationary segment, a hit moves to the protected one, whose least
 * recently used line goes back to the probationary segment, from where lines are discarded.
 * Differs from the source: see `differs` below.
 */
class SlruOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #order: SegmentedOrder

  constructor(capacity: number, residents: Residents) {
    this.#residents = residents
    this.#order = new SegmentedOrder(
      residents,
      Array<number>(SEGMENTS).fill(Math.max(1, Math.floor(capacity / SEGMENTS))),
    )
  }

  grow(slots: number): void {
    this.#order.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#order.lowest()
    this.#order.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#order.add(entry)
  }

  touched(entry: number): void {
    const order = this.#order
    if (!order.lift(entry)) return
    for (let victim = order.lowest(); order.isLowestOver && victim !== entry; victim = order.lowest()) {
      order.delete(victim)
      this.#residents.drop(victim)
    }
  }

  removed(entry: number): void {
    this.#order.delete(entry)
  }

  cleared(): void {
    this.#order.clear()
  }
}

/** Segmented LRU. */
export const slru = definePolicy({
  id: 'slru',
  label: 'Segmented LRU',
  help: 'Four segments of equal size: a key enters the lowest and climbs one with every access, the least recent of a full segment falls back. Keys asked for only once leave early.',
  source:
    'R. Karedla, J. S. Love, B. G. Wherry, "Caching strategies to improve disk system performance", IEEE Computer 27(3), 1994',
  differs:
    'Four equal segments instead of two; while the store fills, a key enters the lowest segment that still has room. Shares are of entries or of bytes, as the capacity is; an entry larger than its segment pushes everything else out of it, and what the rounded shares leave over is for newcomers: an entry that falls back into the lowest segment pushes out what exceeds its share.',
  createPolicy: ({ capacity }: PolicyOptions, residents) => new SlruOrder(capacity, residents),
})
