// Keys remembered after their eviction, in the order in which they were evicted: the ghosts of two-part policies.

import { grownFloat64, grownInt32 } from './grown-array.ts'
import { createKeyIndex, type KeyIndex } from './key-index.ts'
import { EntryRings } from './entry-rings.ts'

/** Ghosts made room for at first; doubled when they are used up. */
const SLOTS_AT_FIRST = 256

/** End of the chain of free ghosts. */
const CHAIN_END = -1

/** The only ring. */
const ORDER = 0

/** Keys that are not resident, each with the weight that it had, oldest first; bounded by the sum of the weights. */
export class GhostQueue {
  readonly #universe: number
  readonly #capacity: number
  readonly #order = new EntryRings(1)
  #slots: number
  #index: KeyIndex
  /** Key of a ghost; of a free one the next free one. */
  #keys: Int32Array
  /** Weight and note of ghost g at 2g and 2g + 1. */
  #values: Float64Array
  #firstFree = CHAIN_END
  #firstUnused = 0
  readonly #weight = new Float64Array(1)

  /** @param capacity most weight remembered; Infinity where the owner forgets by itself. */
  constructor(universe: number, capacity: number) {
    this.#universe = universe
    this.#capacity = capacity
    this.#slots = Math.min(SLOTS_AT_FIRST, universe)
    this.#index = createKeyIndex(universe, this.#slots)
    this.#keys = new Int32Array(this.#slots)
    this.#values = new Float64Array(2 * this.#slots)
    this.#order.grow(this.#slots)
  }

  /** Sum of the weights. */
  get weight(): number {
    return this.#weight[0]!
  }

  /** The ghost of a key or -1. */
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
    this.#order.delete(ghost)
    this.#weight[0] = this.#weight[0]! - this.#values[2 * ghost]!
    this.#keys[ghost] = this.#firstFree
    this.#firstFree = ghost
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
    while (this.#weight[0]! + weight > this.#capacity) this.delete(this.#order.oldest(ORDER))
    const ghost = this.#takeFree()
    this.#keys[ghost] = key
    this.#values[2 * ghost] = weight
    this.#values[2 * ghost + 1] = note
    this.#weight[0] = this.#weight[0]! + weight
    this.#index.add(key, ghost)
    this.#order.add(ORDER, ghost)
  }

  /** Forgets the oldest ghost; false when there is none. */
  forgetOldest(): boolean {
    const oldest = this.#order.oldest(ORDER)
    if (oldest < 0) return false
    this.delete(oldest)
    return true
  }

  /** Forgets everything. */
  clear(): void {
    this.#index.clear()
    this.#order.clear()
    this.#firstFree = CHAIN_END
    this.#firstUnused = 0
    this.#weight[0] = 0
  }

  #takeFree(): number {
    const free = this.#firstFree
    if (free !== CHAIN_END) {
      this.#firstFree = this.#keys[free]!
      return free
    }
    if (this.#firstUnused === this.#slots) this.#grow()
    const ghost = this.#firstUnused
    this.#firstUnused += 1
    return ghost
  }

  /** Doubles the ghosts; all of the present ones are in use, for it is called when none is free. */
  #grow(): void {
    const present = this.#slots
    this.#slots = Math.min(2 * present, this.#universe)
    this.#keys = grownInt32(this.#keys, this.#slots)
    this.#values = grownFloat64(this.#values, 2 * this.#slots)
    this.#order.grow(this.#slots)
    this.#index = createKeyIndex(this.#universe, this.#slots)
    for (let ghost = 0; ghost < present; ghost++) this.#index.add(this.#keys[ghost]!, ghost)
  }
}
