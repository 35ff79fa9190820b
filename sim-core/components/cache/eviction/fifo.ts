// Eviction of the entry that came in first.

import { definePolicy } from './define-policy.ts'
import { EntryQueue } from './entry-queue.ts'
import type { EvictionPolicy } from './eviction.ts'

/**
 * The order of insertion; accesses change nothing.
 *
 * Source: L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2),
 * 1966, "FIFO": the page to be replaced is the one that has been in the store for the longest time.
 * Differs from the source: none.
 */
class FifoOrder implements EvictionPolicy {
  readonly #entries = new EntryQueue()

  grow(slots: number): void {
    this.#entries.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#entries.oldest()
    this.#entries.takeOldest()
    return victim
  }

  inserted(entry: number): void {
    this.#entries.add(entry)
  }

  touched(): void {
    // Being asked for does not keep an entry.
  }

  removed(entry: number): void {
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
  }
}

/** First in, first out. */
export const fifo = definePolicy({
  id: 'fifo',
  label: 'First in, first out',
  help: 'Evicts the entry that came in first, however often it is asked for. The cheapest to keep, and what a cache degrades to when accesses are not recorded.',
  source: 'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems J. 5(2), 1966',
  differs: '',
  createPolicy: () => new FifoOrder(),
})
