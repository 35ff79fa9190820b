// Where the entry of a key is found: one of two structures, chosen by how much of the key universe is resident.

import { DenseIndex } from './dense-index.ts'
import { HashIndex } from './hash-index.ts'

/** Maps resident keys to entries. Keys are integers 0..universe-1, entries integers from 0. */
export interface KeyIndex {
  /** Entry of the key or -1. */
  find(key: number): number
  /** Adds a key that is not in the index. */
  add(key: number, entry: number): void
  /** Takes out a key that is in the index. */
  delete(key: number): void
  /** Takes out everything. */
  clear(): void
}

/** Universe up to which an array by key is small (256 KiB) whatever the number of entries. */
const SMALL_UNIVERSE = 65_536

/** Keys per entry up to which an array by key (4 bytes a key) takes no more memory than a hash table (16 to 32 an entry). */
const DENSE_KEYS_PER_ENTRY = 4

/**
 * An empty index for up to `entries` of the keys 0..universe-1: an array by key where that is small, else a hash table.
 */
export function createKeyIndex(universe: number, entries: number): KeyIndex {
  const dense = universe <= SMALL_UNIVERSE || universe <= DENSE_KEYS_PER_ENTRY * entries
  return dense ? new DenseIndex(universe) : new HashIndex(entries)
}
