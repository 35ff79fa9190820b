// A set of entries from which any one can be had by position in constant time: what sampled eviction draws from.

import { grownInt32 } from './grown-array.ts'

/** Resident entries packed without holes; removal moves the last one into the hole. 8 bytes per entry. */
export class SamplingSet {
  #entries = new Int32Array(0)
  #positions = new Int32Array(0)
  #length = 0

  /** Number of members. */
  get length(): number {
    return this.#length
  }

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#entries = grownInt32(this.#entries, slots)
    this.#positions = grownInt32(this.#positions, slots)
  }

  /** The member at a position 0..length-1; positions change at every removal. */
  at(position: number): number {
    return this.#entries[position]!
  }

  /** Adds an entry that is no member. */
  add(entry: number): void {
    this.#entries[this.#length] = entry
    this.#positions[entry] = this.#length
    this.#length += 1
  }

  /** Takes a member out. */
  delete(entry: number): void {
    this.#length -= 1
    const last = this.#entries[this.#length]!
    const position = this.#positions[entry]!
    this.#entries[position] = last
    this.#positions[last] = position
  }

  /** Takes every member out. */
  clear(): void {
    this.#length = 0
  }
}
