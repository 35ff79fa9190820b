// The store behind every eviction policy: entries, index, sizes and limits; only the choice of victims is the policy's.

import { invariant } from '../../../kernel/invariant.ts'
import type { EvictionDefinition, EvictionOptions, EvictionPolicy, EvictionStore, Residents } from './eviction.ts'
import { createKeyIndex, type KeyIndex } from './key-index.ts'

/** Entries made room for at first; doubled whenever they are used up, so an idle cache of any capacity costs nothing. */
const SLOTS_AT_FIRST = 1024

/** End of the chain of free entries. */
const CHAIN_END = -1

/** Keys that are distinguishable from the marks of free entries, which are the negative numbers. */
export const UNIVERSE_MAX = 2 ** 31 - 1

/**
 * A bounded store ordered by any eviction policy. Memory: 20 bytes per entry, the index (4 bytes per key of the universe
 * or 16 to 32 per entry) and what the policy keeps; grown by doubling, never shrunk, nothing allocated per access.
 */
export class BoundedStore implements EvictionStore, Residents {
  readonly #universe: number
  readonly #entriesMax: number
  readonly #bytesMax: number
  readonly #countsBytes: boolean
  readonly #policy: EvictionPolicy
  #index: KeyIndex
  #slots: number
  /** Key of a resident entry; of a free one -2 minus the next free entry (so -1 ends the chain). */
  #keys: Int32Array
  /** Size in bytes and expiry in nanoseconds of entry e, side by side at 2e and 2e + 1. */
  #values: Float64Array
  #firstFree = CHAIN_END
  /** Entries from here on were never used. */
  #firstUnused = 0
  #length = 0
  #evictions = 0
  /** Used bytes, in a typed array because it is written at every insertion. */
  readonly #used = new Float64Array(1)

  constructor(options: EvictionOptions, { createPolicy }: Pick<EvictionDefinition, 'createPolicy'>) {
    const { capacity, universe } = options
    invariant(universe >= 1 && universe <= UNIVERSE_MAX, 'a store needs a universe of 1 to 2^31 - 1 keys')
    this.#universe = universe
    this.#countsBytes = 'bytes' in capacity
    this.#entriesMax = 'entries' in capacity ? capacity.entries : Infinity
    this.#bytesMax = 'bytes' in capacity ? capacity.bytes : Infinity
    const room = Math.min(this.#entriesMax, this.#bytesMax)
    invariant(room >= 1, 'a store needs room for one entry or one byte')
    this.#slots = Math.min(SLOTS_AT_FIRST, this.#slotsMax())
    this.#index = createKeyIndex(universe, this.#slots)
    this.#keys = new Int32Array(this.#slots)
    this.#values = new Float64Array(2 * this.#slots)
    const unit = this.#countsBytes ? 'bytes' : 'entries'
    this.#policy = createPolicy({ ...options, capacity: room, unit, indexesEveryKey: false }, this)
    this.#policy.grow(this.#slots)
  }

  get length(): number {
    return this.#length
  }

  get usedBytes(): number {
    return this.#used[0]!
  }

  get evictions(): number {
    return this.#evictions
  }

  get slots(): number {
    return this.#firstUnused
  }

  isResident(entry: number): boolean {
    return this.#keys[entry]! >= 0
  }

  find(key: number): number {
    return this.#index.find(key)
  }

  touch(entry: number, nowNs: number): void {
    this.#policy.touched(entry, nowNs)
  }

  insert(key: number, sizeBytes: number, expiresAtNs: number, nowNs: number): number {
    const resident = this.#index.find(key)
    if (resident >= 0) {
      if (this.#values[2 * resident] === sizeBytes) {
        this.setExpiry(resident, expiresAtNs)
        this.#policy.touched(resident, nowNs)
        return resident
      }
      this.remove(resident)
    }
    if (sizeBytes > this.#bytesMax || !this.#makeRoom(key, sizeBytes, nowNs)) return -1
    const entry = this.#takeFree()
    this.#keys[entry] = key
    this.#values[2 * entry] = sizeBytes
    this.#values[2 * entry + 1] = expiresAtNs
    this.#used[0] = this.#used[0]! + sizeBytes
    this.#length += 1
    this.#index.add(key, entry)
    this.#policy.inserted(entry, nowNs)
    return entry
  }

  remove(entry: number): void {
    this.#policy.removed(entry)
    this.#free(entry)
  }

  drop(entry: number): void {
    this.#free(entry)
    this.#evictions += 1
  }

  keyOf(entry: number): number {
    return this.#keys[entry]!
  }

  sizeBytes(entry: number): number {
    return this.#values[2 * entry]!
  }

  weight(entry: number): number {
    return this.#countsBytes ? this.#values[2 * entry]! : 1
  }

  expiresAtNs(entry: number): number {
    return this.#values[2 * entry + 1]!
  }

  setExpiry(entry: number, expiresAtNs: number): void {
    const values = this.#values
    if (values[2 * entry + 1] === expiresAtNs) return
    values[2 * entry + 1] = expiresAtNs
    this.#policy.expiryChanged?.(entry)
  }

  clear(): void {
    this.#index.clear()
    this.#firstFree = CHAIN_END
    this.#firstUnused = 0
    this.#length = 0
    this.#used[0] = 0
    this.#policy.cleared()
  }

  /** False when the key stays out: the policy refuses it, or lets nothing go for it. */
  #makeRoom(key: number, sizeBytes: number, nowNs: number): boolean {
    if (!this.#policy.admits(key, this.#countsBytes ? sizeBytes : 1, nowNs)) return false
    while (this.#length >= this.#entriesMax || this.#used[0]! + sizeBytes > this.#bytesMax) {
      const victim = this.#policy.evict(nowNs)
      if (victim < 0) return false
      this.#free(victim)
      this.#evictions += 1
    }
    return true
  }

  #free(entry: number): void {
    this.#index.delete(this.#keys[entry]!)
    this.#used[0] = this.#used[0]! - this.#values[2 * entry]!
    this.#length -= 1
    this.#keys[entry] = -2 - this.#firstFree
    this.#firstFree = entry
  }

  #takeFree(): number {
    const free = this.#firstFree
    if (free !== CHAIN_END) {
      this.#firstFree = -2 - this.#keys[free]!
      return free
    }
    if (this.#firstUnused === this.#slots) this.#grow()
    const entry = this.#firstUnused
    this.#firstUnused += 1
    return entry
  }

  /** No more entries than keys, whatever the capacity says. */
  #slotsMax(): number {
    return Math.min(this.#universe, this.#entriesMax)
  }

  /** Doubles the entries; all of the present ones are resident, for it is called when none is free. */
  #grow(): void {
    const present = this.#slots
    this.#slots = Math.min(2 * present, this.#slotsMax())
    const keys = new Int32Array(this.#slots)
    keys.set(this.#keys)
    this.#keys = keys
    const values = new Float64Array(2 * this.#slots)
    values.set(this.#values)
    this.#values = values
    this.#index = createKeyIndex(this.#universe, this.#slots)
    for (let entry = 0; entry < present; entry++) this.#index.add(keys[entry]!, entry)
    this.#policy.grow(this.#slots)
  }
}
