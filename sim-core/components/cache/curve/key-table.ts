// Texts as dense numbers: what the keys of a trace are known by.

import { grownFloat64, grownInt32 } from '../eviction/grown-array.ts'

/** Keys and bytes made room for at first; doubled whenever they are used up. */
const KEYS_AT_FIRST = 1024
const BYTES_AT_FIRST = 1 << 14

/** Cells per key: at most half of them are taken, so probes stay short. */
const CELLS_PER_KEY = 2

/**
 * Numbers byte strings 0, 1, 2... in the order in which they first come. An open-addressing table over one block of bytes:
 * the length of each key and 20 to 40 bytes, nothing allocated per look-up.
 */
export class KeyTable {
  /** Number of the key in each cell plus one; 0 in an empty one. */
  #cells = new Int32Array(CELLS_PER_KEY * KEYS_AT_FIRST)
  #hashes = new Int32Array(KEYS_AT_FIRST)
  /** Key k is bytes ends[k] to ends[k + 1] - 1. */
  #ends = new Float64Array(KEYS_AT_FIRST + 1)
  #bytes = new Uint8Array(BYTES_AT_FIRST)
  #length = 0

  /** Keys known. */
  get length(): number {
    return this.#length
  }

  /** The number of the key in bytes `from` to `to - 1`, whose hash is given; a new one is added. */
  numberOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#cells.length - 1
    let cell = hash & mask
    for (let found = this.#cells[cell]!; found > 0; found = this.#cells[cell]!) {
      if (this.#hashes[found - 1] === hash && this.#equals(found - 1, bytes, from, to)) return found - 1
      cell = (cell + 1) & mask
    }
    return this.#add(cell, bytes, from, to, hash)
  }

  #equals(key: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#ends[key]!
    if (this.#ends[key + 1]! - start !== to - from) return false
    for (let at = from; at < to; at++) if (this.#bytes[start + at - from] !== bytes[at]) return false
    return true
  }

  #add(cell: number, bytes: Uint8Array, from: number, to: number, hash: number): number {
    const key = this.#length
    const start = this.#ends[key]!
    const end = start + to - from
    if (end > this.#bytes.length) this.#growBytes(end)
    for (let at = from; at < to; at++) this.#bytes[start + at - from] = bytes[at]!
    this.#ends[key + 1] = end
    this.#hashes[key] = hash
    this.#cells[cell] = key + 1
    this.#length = key + 1
    if (this.#length === this.#hashes.length) this.#growKeys()
    return key
  }

  #growBytes(wanted: number): void {
    const longer = new Uint8Array(Math.max(wanted, 2 * this.#bytes.length))
    longer.set(this.#bytes)
    this.#bytes = longer
  }

  #growKeys(): void {
    const keys = 2 * this.#hashes.length
    this.#hashes = grownInt32(this.#hashes, keys)
    this.#ends = grownFloat64(this.#ends, keys + 1)
    this.#cells = new Int32Array(CELLS_PER_KEY * keys)
    const mask = this.#cells.length - 1
    for (let key = 0; key < this.#length; key++) {
      let cell = this.#hashes[key]! & mask
      while (this.#cells[cell] !== 0) cell = (cell + 1) & mask
      this.#cells[cell] = key + 1
    }
  }
}
