// The entries of one store that expire, where others live for ever.
import type { RandomStream } from '../../kernel/random.ts'
import { grownInt32 } from './eviction/grown-array.ts'
import type { EvictionStore } from './eviction/eviction.ts'

/** Entries made room for at first; doubled as they are used. */
const ENTRIES_AT_FIRST = 64

/** No entry. */
const NOTHING = -1

/**
 * The dictionary that Redis keeps of its keys with an expiry, as far as drawing from it goes. Entries leave their store in
 * many ways that nobody tells; such a one is found out, and forgotten, when it is drawn.
 */
export class MortalEntries {
  length = 0
  private readonly store: EvictionStore
  private listed = new Int32Array(ENTRIES_AT_FIRST)
  /** By entry: its place in the list, counted from 1; 0 where it is not listed. */
  private places = new Int32Array(ENTRIES_AT_FIRST)

  constructor(store: EvictionStore) {
    this.store = store
  }

  /** There are as many places as entries. */
  get slots(): number {
    return this.length
  }

  /** An entry of the store expires. */
  add(entry: number): void {
    if (entry >= this.places.length) this.places = grownInt32(this.places, Math.max(2 * this.places.length, entry + 1))
    if (this.places[entry]! > 0) return
    if (this.length === this.listed.length) this.listed = grownInt32(this.listed, 2 * this.length)
    this.listed[this.length] = entry
    this.length++
    this.places[entry] = this.length
  }

  /** A random one of the entries, or -1 where that is gone or does not expire any more. */
  draw(stream: RandomStream): number {
    if (this.length === 0) return NOTHING
    const entry = this.listed[stream.nextBelow(this.length)]!
    const { store } = this
    if (entry < store.slots && store.isResident(entry) && store.expiresAtNs(entry) < Infinity) return entry
    this.forget(entry)
    return NOTHING
  }

  /** The last one of the list takes the place of the one that goes. */
  private forget(entry: number): void {
    const place = this.places[entry]!
    const last = this.listed[this.length - 1]!
    this.listed[place - 1] = last
    this.places[last] = place
    this.places[entry] = 0
    this.length--
  }
}
