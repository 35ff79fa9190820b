// The fast way to run an eviction policy over a long trace: dense keys, entries of one size of which none expires on the way.

import { invariant } from '../../../kernel/invariant.ts'
import type { EvictionDefinition, EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'

/**
 * A cache that a trace is replayed through: every miss brings the key in. It runs the same policy as a store does, but
 * the entry of a key is the key itself, so there is no index, and one byte per key says who is resident. Memory: that
 * byte and what the policy keeps, both for every key of the universe, and 8 bytes more where entries have a life.
 */
export class TraceCache implements Residents {
  readonly #policy: EvictionPolicy
  readonly #capacity: number
  readonly #resident: Uint8Array
  /** By key, when it is to expire; absent where none is. Nothing here removes it then: policies alone look at it. */
  readonly #expiresAtNs: Float64Array | undefined
  readonly #lifeNs: number
  #length = 0

  /**
   * @param options the capacity is in entries, at least 1
   * @param lifeNs of every entry, longer than the trace
   */
  constructor(
    { createPolicy }: Pick<EvictionDefinition, 'createPolicy'>,
    options: Omit<PolicyOptions, 'unit' | 'indexesEveryKey'>,
    lifeNs = Infinity,
  ) {
    invariant(options.capacity >= 1 && options.universe >= 1, 'a trace needs room for one entry and one key')
    this.#capacity = options.capacity
    this.#resident = new Uint8Array(options.universe)
    this.#lifeNs = lifeNs
    if (lifeNs < Infinity) this.#expiresAtNs = new Float64Array(options.universe)
    this.#policy = createPolicy({ ...options, unit: 'entries', indexesEveryKey: true }, this)
    this.#policy.grow(options.universe)
  }

  /** Resident entries. */
  get length(): number {
    return this.#length
  }

  /** Asks for a key at a time in nanoseconds; true when it is a hit. */
  access(key: number, nowNs: number): boolean {
    if (this.#resident[key] === 1) {
      this.#policy.touched(key, nowNs)
      return true
    }
    this.#miss(key, nowNs)
    return false
  }

  /** Takes a key out, if it is there: what is kept of it has expired. */
  forget(key: number): void {
    if (this.#resident[key] === 0) return
    this.#policy.removed(key)
    this.drop(key)
  }

  /** Asks for the keys at `from` to `to - 1`, all at time 0, and returns how many were hits. */
  replay(keys: Int32Array, from: number, to: number): number {
    const resident = this.#resident
    const policy = this.#policy
    let hits = 0
    for (let at = from; at < to; at++) {
      const key = keys[at]!
      if (resident[key] === 1) {
        policy.touched(key, 0)
        hits += 1
      } else this.#miss(key, 0)
    }
    return hits
  }

  find(key: number): number {
    return this.#resident[key] === 1 ? key : -1
  }

  keyOf(entry: number): number {
    return entry
  }

  weight(): number {
    return 1
  }

  expiresAtNs(entry: number): number {
    return this.#expiresAtNs === undefined ? Infinity : this.#expiresAtNs[entry]!
  }

  drop(entry: number): void {
    this.#resident[entry] = 0
    this.#length -= 1
  }

  #miss(key: number, nowNs: number): void {
    const policy = this.#policy
    if (!policy.admits(key, 1, nowNs)) return
    while (this.#length >= this.#capacity) {
      const victim = policy.evict(nowNs)
      if (victim < 0) return
      this.#resident[victim] = 0
      this.#length -= 1
    }
    this.#resident[key] = 1
    this.#length += 1
    if (this.#expiresAtNs !== undefined) this.#expiresAtNs[key] = nowNs + this.#lifeNs
    policy.inserted(key, nowNs)
  }
}
