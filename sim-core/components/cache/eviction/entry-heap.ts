// Entries ordered by a number that changes: the smallest is found at once, a change costs the logarithm of their count.

import { grownFloat64, grownInt32 } from './grown-array.ts'

/**
 * A binary heap over entries that knows where each entry is. 16 bytes per entry.
 *
 * Source: J. W. J. Williams, "Algorithm 232: Heapsort", Comm. ACM 7(6), 1964. Differs from the source: positions are kept,
 * so that any entry can be moved or taken out.
 */
export class EntryHeap {
  #heap = new Int32Array(0)
  #positions = new Int32Array(0)
  #ranks = new Float64Array(0)
  #length = 0

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#heap = grownInt32(this.#heap, slots)
    this.#positions = grownInt32(this.#positions, slots)
    this.#ranks = grownFloat64(this.#ranks, slots)
  }

  /** The entry of the smallest rank. Something must be there. */
  first(): number {
    return this.#heap[0]!
  }

  /** Adds an entry that is no member. */
  add(entry: number, rank: number): void {
    this.#ranks[entry] = rank
    this.#rise(entry, this.#length)
    this.#length += 1
  }

  /** Changes the rank of a member. */
  move(entry: number, rank: number): void {
    const position = this.#positions[entry]!
    const isLess = rank < this.#ranks[entry]!
    this.#ranks[entry] = rank
    if (isLess) this.#rise(entry, position)
    else this.#sink(entry, position)
  }

  /** Takes a member out. */
  delete(entry: number): void {
    this.#length -= 1
    const position = this.#positions[entry]!
    const last = this.#heap[this.#length]!
    if (last === entry) return
    if (this.#ranks[last]! < this.#ranks[entry]!) this.#rise(last, position)
    else this.#sink(last, position)
  }

  /** Takes every member out. */
  clear(): void {
    this.#length = 0
  }

  #rise(entry: number, from: number): void {
    const rank = this.#ranks[entry]!
    let position = from
    while (position > 0) {
      const parent = (position - 1) >> 1
      const above = this.#heap[parent]!
      if (this.#ranks[above]! <= rank) break
      this.#place(above, position)
      position = parent
    }
    this.#place(entry, position)
  }

  #sink(entry: number, from: number): void {
    const ranks = this.#ranks
    const heap = this.#heap
    const rank = ranks[entry]!
    let position = from
    for (let child = 2 * position + 1; child < this.#length; child = 2 * position + 1) {
      if (child + 1 < this.#length && ranks[heap[child + 1]!]! < ranks[heap[child]!]!) child += 1
      if (ranks[heap[child]!]! >= rank) break
      this.#place(heap[child]!, position)
      position = child
    }
    this.#place(entry, position)
  }

  #place(entry: number, position: number): void {
    this.#heap[position] = entry
    this.#positions[entry] = position
  }
}
