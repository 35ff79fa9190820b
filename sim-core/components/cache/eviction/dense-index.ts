// The key index for universes not much larger than the store: one array cell per possible key.

import type { KeyIndex } from './key-index.ts'

const ABSENT = -1

/** An array of entries by key: 4 bytes per key of the universe, every operation one memory access. */
export class DenseIndex implements KeyIndex {
  readonly #entryOf: Int32Array

  /** @param universe number of possible keys. */
  constructor(universe: number) {
    this.#entryOf = new Int32Array(universe).fill(ABSENT)
  }

  find(key: number): number {
    return this.#entryOf[key]!
  }

  add(key: number, entry: number): void {
    this.#entryOf[key] = entry
  }

  delete(key: number): void {
    this.#entryOf[key] = ABSENT
  }

  clear(): void {
    this.#entryOf.fill(ABSENT)
  }
}
