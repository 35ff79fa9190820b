// Eviction by a hand that moves from old to new over entries in order of insertion, and keeps visited ones in place.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy } from './eviction.ts'
import { grownUint8 } from './grown-array.ts'

/** The only ring: by insertion. */
const ORDER = 0

/** The hand has not started, or passed the newest entry: it goes on at the oldest. */
const AT_OLDEST = -1

/**
 * Source: Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, "SIEVE is simpler than LRU", NSDI 2024, section 3.1 and
 * algorithm 1: new objects enter at the head; a hit sets `visited`; eviction moves the hand from the tail towards the head,
 * clearing `visited`, until it finds an object that is not visited, evicts it and stays there.
 * Differs from the source: none.
 */
class SieveOrder implements EvictionPolicy {
  readonly #entries = new EntryRings(1)
  #visited = new Uint8Array(0)
  #hand = AT_OLDEST

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#visited = grownUint8(this.#visited, slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const entries = this.#entries
    const visited = this.#visited
    let victim = this.#hand >= 0 ? this.#hand : entries.oldest(ORDER)
    while (visited[victim] === 1) {
      visited[victim] = 0
      victim = entries.newerThan(victim)
      if (victim < 0) victim = entries.oldest(ORDER)
    }
    this.#hand = entries.newerThan(victim)
    entries.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#entries.add(ORDER, entry)
    this.#visited[entry] = 0
  }

  touched(entry: number): void {
    this.#visited[entry] = 1
  }

  removed(entry: number): void {
    if (entry === this.#hand) this.#hand = this.#entries.newerThan(entry)
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
    this.#hand = AT_OLDEST
  }
}

/** SIEVE. */
export const sieve = definePolicy({
  id: 'sieve',
  label: 'SIEVE',
  help: 'Keeps entries in order of insertion; a hand walks from old to new, spares those asked for since and evicts the first other. New keys that are never asked for again leave quickly.',
  source: 'Y. Zhang, J. Yang, Y. Yue, Y. Vigfusson, K. V. Rashmi, "SIEVE is simpler than LRU", NSDI 2024, algorithm 1',
  differs: '',
  createPolicy: () => new SieveOrder(),
})
