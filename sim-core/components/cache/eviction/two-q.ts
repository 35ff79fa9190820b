// Eviction with a queue for newcomers, a memory of those that left it, and an LRU order of those that came back.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { GhostQueue } from './ghost-queue.ts'
import { grownUint8 } from './grown-array.ts'

/** Share of the capacity above which A1in is evicted from: the paper's Kin. */
const IN_SHARE = 0.25

/** Weight remembered in A1out, as a share of the capacity: the paper's Kout. */
const OUT_SHARE = 0.5

/** The rings: newcomers in order of insertion, and those that came back by recency. */
const A1IN = 0
const AM = 1

/**
 * Source: T. Johnson, D. Shasha, "2Q: a low overhead high performance buffer management replacement algorithm", VLDB
 * 1994, section 3, "Full version": on accessing X: in Am, move it to the head of Am; in A1out, reclaim and add it to the
 * head of Am; in A1in, nothing; else reclaim and add it to the head of A1in. Reclaim: if |A1in| > Kin page out the tail of
 * A1in and add its identifier to A1out, else page out the tail of Am.
 * Differs from the source: see `differs` below.
 */
class TwoQOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #entries = new EntryRings(2)
  readonly #out: GhostQueue
  readonly #inLimit: number
  readonly #inWeight = new Float64Array(1)
  #ringOf = new Uint8Array(0)
  #isReturning = false

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity } = options
    this.#residents = residents
    this.#inLimit = Math.floor(capacity * IN_SHARE)
    this.#out = new GhostQueue(options, Math.floor(capacity * OUT_SHARE))
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#ringOf = grownUint8(this.#ringOf, slots)
  }

  admits(key: number): boolean {
    this.#isReturning = this.#out.take(key)
    return true
  }

  evict(): number {
    const entries = this.#entries
    const frequent = entries.oldest(AM)
    const victim = this.#inWeight[0]! > this.#inLimit || frequent < 0 ? entries.oldest(A1IN) : frequent
    if (this.#ringOf[victim] === A1IN) {
      const weight = this.#residents.weight(victim)
      this.#inWeight[0] = this.#inWeight[0]! - weight
      this.#out.remember(this.#residents.keyOf(victim), weight, 0)
    }
    entries.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    const ring = this.#isReturning ? AM : A1IN
    if (ring === A1IN) this.#inWeight[0] = this.#inWeight[0]! + this.#residents.weight(entry)
    this.#ringOf[entry] = ring
    this.#entries.add(ring, entry)
  }

  touched(entry: number): void {
    if (this.#ringOf[entry] === AM) this.#entries.renew(AM, entry)
  }

  removed(entry: number): void {
    if (this.#ringOf[entry] === A1IN) this.#inWeight[0] = this.#inWeight[0]! - this.#residents.weight(entry)
    this.#entries.delete(entry)
  }

  cleared(): void {
    this.#entries.clear()
    this.#out.clear()
    this.#inWeight[0] = 0
  }
}

/** Full 2Q. */
export const twoQ = definePolicy({
  id: 'two_q',
  label: '2Q',
  help: 'New keys pass through a short queue; only those that are asked for again after leaving it are kept by recency. Scans leave the rest untouched.',
  source:
    'T. Johnson, D. Shasha, "2Q: a low overhead high performance buffer management replacement algorithm", VLDB 1994, section 3',
  differs:
    'Kin is 25 % and Kout 50 % of the capacity, in entries or in bytes, as the capacity is; a key is taken out of A1out before room is made for it; where Am is empty, A1in is evicted from whatever its size.',
  createPolicy: (options, residents) => new TwoQOrder(options, residents),
})
