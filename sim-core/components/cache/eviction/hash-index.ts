// The key index for a small store in a large universe: an open-addressing hash table sized by the entries, not the keys.

import { invariant } from '../../../kernel/invariant.ts'
import type { KeyIndex } from './key-index.ts'

const EMPTY = -1

/** 2^32 over the golden ratio, made odd: multiplying by it spreads consecutive keys over the high bits. */
const GOLDEN_RATIO_WORD = 0x9e37_79b1

/** Cells per entry before rounding up to a power of two: at most half of the cells are taken, so probes stay short. */
const CELLS_PER_ENTRY = 2

/** Entries that the table can be asked for: its cells must be numbered by 31 bits. */
const ENTRIES_MAX = 2 ** 29

/**
 * Multiplicative hashing with linear probing; deletion moves later members of the run back, so no tombstones gather.
 *
 * Source: D. E. Knuth, "The Art of Computer Programming", volume 3, 2nd edition, 1998, section 6.4: multiplicative
 * hashing h(K) = floor(M * ((A / w * K) mod 1)), algorithm L (linear probing) and algorithm R (deletion).
 * Differs from the source: probes go upwards. The (entry, key) of a cell lie side by side, so a probe touches one line.
 */
export class HashIndex implements KeyIndex {
  /** Entry and key of cell i at 2i and 2i + 1. */
  readonly #cells: Int32Array
  readonly #mask: number
  readonly #shift: number

  /** @param entries the most entries that will be held at once, 1 to 2^29. */
  constructor(entries: number) {
    invariant(entries >= 1 && entries <= ENTRIES_MAX, 'a hash index holds 1 to 2^29 entries')
    const bits = Math.max(2, 32 - Math.clz32(CELLS_PER_ENTRY * entries - 1))
    const cells = 2 ** bits
    this.#cells = new Int32Array(2 * cells).fill(EMPTY)
    this.#mask = cells - 1
    this.#shift = 32 - bits
  }

  find(key: number): number {
    const cells = this.#cells
    const mask = this.#mask
    let cell = Math.imul(key, GOLDEN_RATIO_WORD) >>> this.#shift
    for (;;) {
      const entry = cells[2 * cell]!
      if (entry === EMPTY || cells[2 * cell + 1] === key) return entry
      cell = (cell + 1) & mask
    }
  }

  add(key: number, entry: number): void {
    const cells = this.#cells
    const mask = this.#mask
    let cell = Math.imul(key, GOLDEN_RATIO_WORD) >>> this.#shift
    while (cells[2 * cell] !== EMPTY) cell = (cell + 1) & mask
    cells[2 * cell] = entry
    cells[2 * cell + 1] = key
  }

  delete(key: number): void {
    const cells = this.#cells
    const mask = this.#mask
    const shift = this.#shift
    let hole = Math.imul(key, GOLDEN_RATIO_WORD) >>> shift
    while (cells[2 * hole + 1] !== key) hole = (hole + 1) & mask
    // Whoever would no longer be reached over the hole, because its probing starts at or before it, moves into it.
    for (let cell = (hole + 1) & mask; cells[2 * cell] !== EMPTY; cell = (cell + 1) & mask) {
      const home = Math.imul(cells[2 * cell + 1]!, GOLDEN_RATIO_WORD) >>> shift
      if (((cell - home) & mask) < ((cell - hole) & mask)) continue
      cells[2 * hole] = cells[2 * cell]!
      cells[2 * hole + 1] = cells[2 * cell + 1]!
      hole = cell
    }
    cells[2 * hole] = EMPTY
    cells[2 * hole + 1] = EMPTY
  }

  clear(): void {
    this.#cells.fill(EMPTY)
  }
}
