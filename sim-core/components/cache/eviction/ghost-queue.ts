// Keys remembered after their eviction, in the order in which they were evicted: the ghosts of two-part policies.

import type { PolicyOptions } from './eviction.ts'
import { grownFloat64, grownInt32 } from './grown-array.ts'
import { createKeyIndex, type KeyIndex } from './key-index.ts'
import { MarkedIndex } from './marked-index.ts'

/** Places in the queue at first, a power of two; doubled when more than half of them are taken at once. */
const PLACES_AT_FIRST = 256

/** Key of a place whose key was forgotten before its turn. */
const HOLE = -1

/**
 * Keys that are not resident, each with the weight that it had, oldest first; bounded by the sum of the weights. A queue in
 * an array, so remembering and forgetting in order touch neighbouring words; a key forgotten early leaves a hole that is
 * skipped later. 20 bytes per place and an index.
 */
export class GhostQueue {
  readonly #options: Pick<PolicyOptions, 'universe' | 'indexesEveryKey'>
  readonly #capacity: number
  #mask = PLACES_AT_FIRST - 1
  #index: KeyIndex
  #keys = new Int32Array(PLACES_AT_FIRST)
  /** Weight and note of the ghost at place p, at 2p and 2p + 1. */
  #values = new Float64Array(2 * PLACES_AT_FIRST)
  /** Place of the oldest ghost or of a hole before it, and number of places from there, holes included. */
  #first = 0
  #span = 0
  #length = 0
  readonly #weight = new Float64Array(1)

  /** @param capacity most weight remembered; Infinity where the owner forgets by itself. */
  constructor(options: Pick<PolicyOptions, 'universe' | 'indexesEveryKey'>, capacity: number) {
    this.#options = options
    this.#capacity = capacity
    this.#index = this.#createIndex(PLACES_AT_FIRST)
  }

  /** Sum of the weights. */
  get weight(): number {
    return this.#weight[0]!
  }

  /** The ghost of a key or -1; valid until something is remembered. */
  find(key: number): number {
    return this.#index.find(key)
  }

  /** What was noted with a ghost. */
  noteOf(ghost: number): number {
    return this.#values[2 * ghost + 1]!
  }

  /** Forgets a ghost. */
  delete(ghost: number): void {
    this.#index.delete(this.#keys[ghost]!)
    this.#keys[ghost] = HOLE
    this.#weight[0] = this.#weight[0]! - this.#values[2 * ghost]!
    this.#length -= 1
  }

  /** Forgets a key if it is remembered; true when it was. */
  take(key: number): boolean {
    const ghost = this.#index.find(key)
    if (ghost < 0) return false
    this.delete(ghost)
    return true
  }

  /** Remembers a key that is not remembered, with a note, and forgets the oldest to stay within the capacity. */
  remember(key: number, weight: number, note: number): void {
    if (weight > this.#capacity) return
    while (this.#weight[0]! + weight > this.#capacity) this.forgetOldest()
    if (this.#span > this.#mask) this.#makePlaces()
    const place = (this.#first + this.#span) & this.#mask
    this.#span += 1
    this.#length += 1
    this.#keys[place] = key
    this.#values[2 * place] = weight
    this.#values[2 * place + 1] = note
    this.#weight[0] = this.#weight[0]! + weight
    this.#index.add(key, place)
  }

  /** Forgets the oldest ghost; false when there is none. */
  forgetOldest(): boolean {
    if (this.#length === 0) return false
    let first = this.#first
    let passed = 1
    while (this.#keys[first] === HOLE) {
      first = (first + 1) & this.#mask
      passed += 1
    }
    this.delete(first)
    this.#first = (first + 1) & this.#mask
    this.#span -= passed
    return true
  }

  /** Forgets everything. */
  clear(): void {
    this.#index.clear()
    this.#first = 0
    this.#span = 0
    this.#length = 0
    this.#weight[0] = 0
  }

  #createIndex(entries: number): KeyIndex {
    const { universe, indexesEveryKey } = this.#options
    return indexesEveryKey ? new MarkedIndex(universe) : createKeyIndex(universe, entries)
  }

  /** All places are taken: closes the holes, and doubles the places unless half of them were holes. */
  #makePlaces(): void {
    const places = this.#mask + 1
    const keys = grownInt32(this.#keys, places)
    const values = grownFloat64(this.#values, 2 * places)
    // An index of every key has room for any place.
    const isNewIndex = 2 * this.#length > places && !this.#options.indexesEveryKey
    if (2 * this.#length > places) {
      this.#mask = 2 * places - 1
      this.#keys = new Int32Array(2 * places)
      this.#values = new Float64Array(4 * places)
    }
    if (isNewIndex) this.#index = this.#createIndex(2 * places)
    let closed = 0
    for (let step = 0; step < places; step++) {
      const from = (this.#first + step) & (places - 1)
      const key = keys[from]!
      if (key === HOLE) continue
      this.#keys[closed] = key
      this.#values[2 * closed] = values[2 * from]!
      this.#values[2 * closed + 1] = values[2 * from + 1]!
      // Where the index stayed, the key is in it with its former place.
      if (!isNewIndex) this.#index.delete(key)
      this.#index.add(key, closed)
      closed += 1
    }
    this.#first = 0
    this.#span = closed
  }
}
