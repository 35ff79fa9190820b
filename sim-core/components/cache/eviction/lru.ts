// Eviction of the entry whose last access is longest ago.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy } from './eviction.ts'

/** The only ring: by last access. */
const ORDER = 0

/**
 * The exact order of last accesses.
 *
 * Source: P. J. Denning, "The working set model for program behavior", Comm. ACM 11(5), 1968, review of paging
 * algorithms, "Least Recently Used": the page to be replaced is the one unreferenced for the longest time.
 * Differs from the source: none.
 */
class LruOrder implements EvictionPolicy {
  readonly #entries = new EntryRings(1)

  grow(slots: number): void {
    this.#entries.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#entries.oldest(ORDER)
    this.#entries.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#entries.add(ORDER, entry)
  }

  touched(entry: number): void {
    this.#entries.renew(ORDER, entry)
  }

  removed(entry: number): void {
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
  }
}

/** Least recently used. */
export const lru = definePolicy({
  id: 'lru',
  label: 'Least recently used',
  help: 'Evicts the entry whose last access is longest ago. A good default where recent keys are asked for again.',
  source:
    'P. J. Denning, "The working set model for program behavior", Comm. ACM 11(5), 1968, review of paging algorithms',
  differs: '',
  createPolicy: () => new LruOrder(),
})
