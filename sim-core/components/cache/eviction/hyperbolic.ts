// Eviction of the sampled entry with the fewest accesses per time in the store.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy, Residents } from './eviction.ts'
import { grownFloat64 } from './grown-array.ts'
import { HashSweep } from './hash-sweep.ts'

/** Entries looked at before each eviction. */
const SAMPLES = 64

/**
 * Source: A. Blankstein, S. Sen, M. J. Freedman, "Hyperbolic caching: flexible caching for web applications", USENIX ATC
 * 2017, section 2: p_i = n_i / t_i, with n_i the requests for i since it entered the cache and t_i the time since then;
 * the item of the lowest priority among S sampled ones is evicted. Differs from the source: see `differs` below.
 */
class HyperbolicOrder implements EvictionPolicy {
  readonly #entries: HashSweep
  /** Requests for entry e and the number of the request that brought it in, at 2e and 2e + 1. */
  #records = new Float64Array(0)
  readonly #count = new Float64Array(1)

  constructor(residents: Residents) {
    this.#entries = new HashSweep(residents)
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#records = grownFloat64(this.#records, 2 * slots)
  }

  admits(): boolean {
    this.#count[0] = this.#count[0]! + 1
    return true
  }

  evict(): number {
    const entries = this.#entries
    const records = this.#records
    const now = this.#count[0]!
    let victim = entries.next()
    let lowest = records[2 * victim]! / (now - records[2 * victim + 1]!)
    for (let sample = 1; sample < SAMPLES; sample++) {
      const entry = entries.next()
      const priority = records[2 * entry]! / (now - records[2 * entry + 1]!)
      if (priority < lowest) {
        lowest = priority
        victim = entry
      }
    }
    entries.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#entries.add(entry)
    this.#records[2 * entry] = 1
    this.#records[2 * entry + 1] = this.#count[0]!
  }

  touched(entry: number): void {
    this.#count[0] = this.#count[0]! + 1
    this.#records[2 * entry] = this.#records[2 * entry]! + 1
  }

  removed(entry: number): void {
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
  }
}

/** Hyperbolic caching. */
export const hyperbolic = definePolicy({
  id: 'hyperbolic',
  label: 'Hyperbolic',
  help: 'Of 64 entries, evicts the one with the fewest accesses per time in the store. Popularity fades with age instead of piling up.',
  source:
    'A. Blankstein, S. Sen, M. J. Freedman, "Hyperbolic caching: flexible caching for web applications", USENIX ATC 2017, section 2',
  differs:
    'Time is counted in requests. No costs and no classes of items; the samples are the next 64 entries of a sweep over the hash table, as in libCacheSim.',
  createPolicy: (_options, residents) => new HyperbolicOrder(residents),
})
