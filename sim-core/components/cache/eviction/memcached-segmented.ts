// Eviction as memcached does it by default: three LRU lists between which a maintainer moves items.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy, Residents } from './eviction.ts'
import { grownFloat64, grownUint8 } from './grown-array.ts'

/** The lists. */
const HOT = 0
const WARM = 1
const COLD = 2

/** State of an item: its list in the low two bits, and whether it was fetched once, and again since it last moved. */
const LIST_BITS = 3
const FETCHED = 4
const ACTIVE = 8

/** Shares of the weight above which items leave HOT and WARM: hot_lru_pct, warm_lru_pct. */
const HOT_SHARE = 0.2
const WARM_SHARE = 0.4

/** Age, as a multiple of that of the oldest COLD item, above which items leave: hot_max_factor, warm_max_factor. */
const HOT_AGE_FACTOR = 0.2
const WARM_AGE_FACTOR = 2

/** Items looked at in one pull from a tail, and rounds of one run of the maintainer. */
const PULL_TRIES = 5
const JUGGLE_ROUNDS = 500

const SECOND_NS = 1_000_000_000

/**
 * Source: memcached 1.6, items.c: do_item_bump (the second access marks an item active, in COLD it goes to WARM),
 * do_item_alloc_pull (evicts the tail of COLD, forces HOT items to COLD where that is empty), lru_pull_tail (tails of HOT
 * and WARM: active ones go to WARM, others to COLD when the list is above its share or they are too old), and
 * lru_maintainer_juggle (up to 500 rounds of pulls from HOT, else WARM, and from COLD).
 * Differs from the source: see `differs` below.
 */
class MemcachedOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #items = new EntryRings(3)
  #states = new Uint8Array(0)
  /** Second in which each item came in or was last active. */
  #seconds = new Float64Array(0)
  readonly #weights = new Float64Array(3)

  constructor(residents: Residents) {
    this.#residents = residents
  }

  grow(slots: number): void {
    this.#items.grow(slots)
    this.#states = grownUint8(this.#states, slots)
    this.#seconds = grownFloat64(this.#seconds, slots)
  }

  admits(): boolean {
    return true
  }

  evict(nowNs: number): number {
    const second = Math.floor(nowNs / SECOND_NS)
    while (this.#items.oldest(COLD) < 0) {
      if (!this.#pull(HOT, 0, 0, second)) this.#pull(WARM, 0, 0, second)
    }
    const victim = this.#items.oldest(COLD)
    this.removed(victim)
    return victim
  }

  inserted(entry: number, nowNs: number): void {
    const second = Math.floor(nowNs / SECOND_NS)
    this.#states[entry] = 0
    this.#seconds[entry] = second
    this.#link(entry, HOT)
    this.#juggle(second)
  }

  touched(entry: number, nowNs: number): void {
    const state = this.#states[entry]!
    if ((state & ACTIVE) !== 0) return
    if ((state & FETCHED) === 0) {
      this.#states[entry] = state | FETCHED
      return
    }
    this.#seconds[entry] = Math.floor(nowNs / SECOND_NS)
    if ((state & LIST_BITS) === COLD) this.#move(entry, WARM)
    else this.#states[entry] = state | ACTIVE
  }

  removed(entry: number): void {
    const list = this.#states[entry]! & LIST_BITS
    this.#weights[list] = this.#weights[list]! - this.#residents.weight(entry)
    this.#items.delete(entry)
  }

  cleared(): void {
    this.#items.clear()
    this.#weights.fill(0)
  }

  #juggle(second: number): void {
    const weights = this.#weights
    const total = weights[HOT]! + weights[WARM]! + weights[COLD]!
    const oldestCold = this.#items.oldest(COLD)
    const coldAge = oldestCold < 0 ? 0 : second - this.#seconds[oldestCold]!
    const hotAge = Math.floor(coldAge * HOT_AGE_FACTOR)
    const warmAge = Math.floor(coldAge * WARM_AGE_FACTOR)
    for (let round = 0; round < JUGGLE_ROUNDS; round++) {
      const hasMoved =
        this.#pull(HOT, total * HOT_SHARE, hotAge, second) || this.#pull(WARM, total * WARM_SHARE, warmAge, second)
      if (!hasMoved) return
    }
  }

  /** Looks at the tail of HOT or WARM; true when an item moved. */
  #pull(list: number, limit: number, ageMax: number, second: number): boolean {
    const states = this.#states
    let hasMoved = false
    for (let tries = PULL_TRIES; tries > 0; tries--) {
      const item = this.#items.oldest(list)
      if (item < 0) return hasMoved
      if ((states[item]! & ACTIVE) === 0) {
        if (this.#weights[list]! <= limit && second - this.#seconds[item]! <= ageMax) return hasMoved
        this.#move(item, COLD)
        return true
      }
      states[item] = states[item]! & ~ACTIVE
      hasMoved = true
      if (list === HOT) {
        this.#move(item, WARM)
        return true
      }
      this.#items.renew(WARM, item)
    }
    return hasMoved
  }

  #move(item: number, list: number): void {
    this.removed(item)
    this.#link(item, list)
  }

  #link(item: number, list: number): void {
    this.#states[item] = (this.#states[item]! & ~LIST_BITS) | list
    this.#weights[list] = this.#weights[list]! + this.#residents.weight(item)
    this.#items.add(list, item)
  }
}

/** memcached's segmented LRU. */
export const memcachedSegmented = definePolicy({
  id: 'memcached_segmented',
  label: 'memcached, segmented LRU',
  help: 'Evicts as memcached does by default: new items are hot, those asked for at least twice become warm, the others cold, and the oldest cold one goes.',
  source: 'memcached 1.6, items.c: do_item_bump, do_item_alloc_pull, lru_pull_tail, lru_maintainer_juggle',
  differs:
    'One slab class for all sizes. The maintainer runs after every insertion instead of in a thread of its own, bumps take effect at once, and no item is locked. The list for short lives (temporary_ttl) is off, as by default; expired items at a tail are evicted like others. Where HOT and COLD are empty, WARM is evicted from.',
  createPolicy: (_options, residents) => new MemcachedOrder(residents),
})
