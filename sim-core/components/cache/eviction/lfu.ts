// Eviction of the entry that was accessed the fewest times since it came in.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy } from './eviction.ts'
import { FrequencyOrder } from './frequency-order.ts'

/**
 * Counts of accesses while resident, forgotten on eviction; of several lowest the one that has had its count longest.
 *
 * Source: K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010,
 * section 4: lookup moves an entry to the next frequency node, eviction takes an entry of the first frequency node.
 * Differs from the source: which entry of the first node goes is not said there; here it is the oldest of it.
 */
class LfuOrder implements EvictionPolicy {
  readonly #order = new FrequencyOrder()

  grow(slots: number): void {
    this.#order.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#order.leastFrequent()
    this.#order.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#order.add(entry)
  }

  touched(entry: number): void {
    this.#order.increase(entry)
  }

  removed(entry: number): void {
    this.#order.delete(entry)
  }

  cleared(): void {
    this.#order.clear()
  }
}

/** Least frequently used. */
export const lfu = definePolicy({
  id: 'lfu',
  label: 'Least frequently used',
  help: 'Evicts the entry with the fewest accesses since it came in. Strong while popularity stays as it is; keys that were popular once stay for long.',
  source: 'K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010',
  differs: 'Of several entries with the fewest accesses the one that has had its count longest is evicted.',
  createPolicy: () => new LfuOrder(),
})
