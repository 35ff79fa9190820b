// Eviction by a hand that sweeps the keys in the order of their hashes.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy, Residents } from './eviction.ts'
import { HashSweep } from './hash-sweep.ts'

/**
 * A key returns to its place in the table, so a popular key that is evicted comes back right behind the hand and is safe
 * for a whole round: more hits than uniform random eviction.
 *
 * Source: libCacheSim (J. Yang), Random.c: the victim is what the hash table's rand_obj gives.
 * Differs from the source: see hash-sweep.ts.
 */
class SweepOrder implements EvictionPolicy {
  readonly #entries: HashSweep

  constructor(residents: Residents) {
    this.#entries = new HashSweep(residents)
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#entries.next()
    this.#entries.delete(victim)
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

/** Random eviction as a sweep over a hash table. */
export const randomSweep = definePolicy({
  id: 'random_sweep',
  label: 'Random sweep',
  help: 'Evicts what the next bucket of the hash table holds, round after round. As cheap as random eviction and better: a popular key that is evicted returns right behind the hand and stays for a whole round.',
  source: 'libCacheSim (J. Yang), Random.c; chainedHashTableV2.c, rand_obj; mymath.h, next_rand',
  differs:
    'Buckets are visited in the order of the hash instead of that of a linear congruential generator; the table has at least 4,096 buckets and 8 for each entry, and of several entries in a bucket the last to come is the first to go.',
  createPolicy: (_options, residents) => new SweepOrder(residents),
})
