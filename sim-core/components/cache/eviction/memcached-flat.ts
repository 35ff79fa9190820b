// Eviction as memcached does it with one LRU list, whose items move at most once a minute.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy } from './eviction.ts'
import { grownFloat64 } from './grown-array.ts'

/** Items that moved less than this ago do not move again: ITEM_UPDATE_INTERVAL, in whole seconds of memcached's clock. */
const UPDATE_INTERVAL_S = 60

const SECOND_NS = 1_000_000_000

/** The only ring: by last move. */
const ORDER = 0

/**
 * Source: memcached 1.6, items.c, do_item_update: an item whose time is more than ITEM_UPDATE_INTERVAL ago is linked to
 * the head of its list and its time is set; lru_pull_tail evicts at the tail; time is that of a clock of whole seconds.
 * Differs from the source: see `differs` below.
 */
class MemcachedFlatOrder implements EvictionPolicy {
  readonly #items = new EntryRings(1)
  /** Second in which each item came in or moved last. */
  #seconds = new Float64Array(0)

  grow(slots: number): void {
    this.#items.grow(slots)
    this.#seconds = grownFloat64(this.#seconds, slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#items.oldest(ORDER)
    this.#items.delete(victim)
    return victim
  }

  inserted(entry: number, nowNs: number): void {
    this.#seconds[entry] = Math.floor(nowNs / SECOND_NS)
    this.#items.add(ORDER, entry)
  }

  touched(entry: number, nowNs: number): void {
    const second = Math.floor(nowNs / SECOND_NS)
    if (this.#seconds[entry]! >= second - UPDATE_INTERVAL_S) return
    this.#seconds[entry] = second
    this.#items.renew(ORDER, entry)
  }

  removed(entry: number): void {
    this.#items.delete(entry)
  }

  cleared(): void {
    this.#items.clear()
  }
}

/** memcached with a flat LRU. */
export const memcachedFlat = definePolicy({
  id: 'memcached_flat',
  label: 'memcached, flat LRU',
  help: 'Evicts as memcached does without its LRU maintainer: least recently used, but an item moves at most once a minute. Where items stay for less than that, it is first in, first out.',
  source: 'memcached 1.6, items.c: do_item_update, lru_pull_tail; ITEM_UPDATE_INTERVAL',
  differs: 'One slab class for all sizes; expired items at the tail are evicted like others.',
  createPolicy: () => new MemcachedFlatOrder(),
})
