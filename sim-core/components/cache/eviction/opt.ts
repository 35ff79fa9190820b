// The bound on all policies: eviction of the entry that is asked for again last, known from the trace itself.

import { invariant } from '../../../kernel/invariant.ts'
import { definePolicy } from './define-policy.ts'
import { EntryHeap } from './entry-heap.ts'
import type { EvictionDefinition, EvictionPolicy, PolicyOptions } from './eviction.ts'

/** Position of a request that never comes. */
const NEVER = Infinity

/**
 * Source: L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2),
 * 1966, "MIN": the block pushed is the one that is referenced again latest, or never.
 * Differs from the source: none. Optimal where all entries have one size, and every key asked for must come in.
 */
class OptOrder implements EvictionPolicy {
  readonly #next: Float64Array
  readonly #order = new EntryHeap()
  #position = 0

  /** @param next position of the next request for the same key, for every request of the trace. */
  constructor(next: Float64Array) {
    this.#next = next
  }

  grow(slots: number): void {
    this.#order.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const victim = this.#order.first()
    this.#order.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#order.add(entry, this.#rank())
  }

  touched(entry: number): void {
    this.#order.move(entry, this.#rank())
  }

  removed(entry: number): void {
    this.#order.delete(entry)
  }

  cleared(): void {
    this.#order.clear()
  }

  /** The smallest rank is that of the latest next request; each access takes the trace one further. */
  #rank(): number {
    const position = this.#position
    invariant(position < this.#next.length, 'an optimal cache is asked for the trace that it was made for')
    this.#position = position + 1
    return -this.#next[position]!
  }
}

/**
 * Belady's optimum for one trace. It needs the future, so it is not among the policies that a scenario can name; the cache
 * must be asked for exactly the keys of the trace, in their order, each key of a miss being brought in.
 * @param trace keys, each below the universe of the store.
 */
export function createOpt(trace: ArrayLike<number>): EvictionDefinition {
  return definePolicy({
    id: 'opt',
    label: 'Optimal (Belady)',
    help: 'Evicts the entry that is asked for again last. Needs the future: no policy can hit more often, so it is the bound to compare with.',
    source:
      'L. A. Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems J. 5(2), 1966',
    differs: 'With entries of different sizes it is no longer a bound.',
    createPolicy: ({ universe }: PolicyOptions) => new OptOrder(nextRequests(trace, universe)),
  })
}

/** For every request the position of the next one for the same key; Infinity when there is none. */
function nextRequests(trace: ArrayLike<number>, universe: number): Float64Array {
  const next = new Float64Array(trace.length)
  const following = new Float64Array(universe).fill(NEVER)
  for (let position = trace.length - 1; position >= 0; position--) {
    const key = trace[position]!
    next[position] = following[key]!
    following[key] = position
  }
  return next
}
