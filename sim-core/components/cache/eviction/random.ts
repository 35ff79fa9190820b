// Eviction of any entry with equal chance.

import type { RandomStream } from '../../../kernel/random.ts'
import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy } from './eviction.ts'
import { SamplingSet } from './sampling-set.ts'

/**
 * A uniformly drawn victim.
 *
 * Source: L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2),
 * 1966, "RAND": every page in the store is as likely as any other to be replaced. Differs from the source: none.
 */
class RandomOrder implements EvictionPolicy {
  readonly #entries = new SamplingSet()
  readonly #stream: RandomStream

  constructor(stream: RandomStream) {
    this.#stream = stream
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#entries.at(this.#stream.nextBelow(this.#entries.length))
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

/** Random eviction. */
export const random = definePolicy({
  id: 'random',
  label: 'Random',
  help: 'Evicts any entry with equal chance. Needs no bookkeeping and cannot be fooled by loops; hit ratios are those of first in, first out when requests are independent.',
  source: 'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems J. 5(2), 1966',
  differs: '',
  createPolicy: ({ stream }) => new RandomOrder(stream),
})
