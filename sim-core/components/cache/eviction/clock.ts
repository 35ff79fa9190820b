// Eviction in order of insertion with a second chance for entries that were accessed.

import { definePolicy } from './define-policy.ts'
import { EntryQueue } from './entry-queue.ts'
import type { EvictionPolicy } from './eviction.ts'
import { grownUint8 } from './grown-array.ts'

/**
 * A circle of entries with one reference bit each, set on access and clear at first; the hand takes the next entry whose
 * bit is clear and clears the others on its way.
 *
 * Source: F. J. Corbato, "A paging experiment with the Multics system", MIT Project MAC report MAC-M-384, 1968.
 * Differs from the source: one bit of history (its k = 1).
 */
class ClockOrder implements EvictionPolicy {
  /** The circle, cut open at the hand: what it passes goes to the newest end, which is behind it. */
  readonly #entries = new EntryQueue()
  #referenced = new Uint8Array(0)

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#referenced = grownUint8(this.#referenced, slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const entries = this.#entries
    const referenced = this.#referenced
    let victim = entries.oldest()
    while (referenced[victim] === 1) {
      referenced[victim] = 0
      entries.renewOldest()
      victim = entries.oldest()
    }
    entries.takeOldest()
    return victim
  }

  inserted(entry: number): void {
    this.#entries.add(entry)
    this.#referenced[entry] = 0
  }

  touched(entry: number): void {
    this.#referenced[entry] = 1
  }

  removed(entry: number): void {
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
  }
}

/** Clock, also called second chance. */
export const clock = definePolicy({
  id: 'clock',
  label: 'Clock (second chance)',
  help: 'Evicts in order of insertion, but an entry that was asked for since gets a second round. Close to least recently used at the price of one bit.',
  source: 'F. J. Corbato, "A paging experiment with the Multics system", MIT Project MAC report MAC-M-384, 1968',
  differs: 'One reference bit; an entry comes in with its bit clear.',
  createPolicy: () => new ClockOrder(),
})
