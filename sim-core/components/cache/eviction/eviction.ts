// What a bounded store of cached keys offers to a cache, and what an eviction algorithm must supply to make one.

import type { RandomStream } from '../../../kernel/random.ts'

/**
 * A bounded store of keys: which keys are resident, how large they are, when they expire.
 *
 * Keys are integers 0..universe-1. Times are integer nanoseconds of simulated time, sizes whole bytes. An entry handle is
 * valid until its key is removed or evicted, so no handle may be kept across an insertion.
 */
export interface EvictionStore {
  /** Entry of the key or -1. Does not count as an access; expired entries are found too, the caller compares the expiry. */
  find(key: number): number
  /** Records an access to a resident entry (its recency or frequency). */
  touch(entry: number, nowNs: number): void
  /**
   * Makes the key resident, evicting others until it fits, and returns its entry; -1 when it is larger than the whole
   * store. A key that is already resident is replaced, which counts as an access.
   */
  insert(key: number, sizeBytes: number, expiresAtNs: number, nowNs: number): number
  /** Takes a resident entry out (expiry, invalidation). Not counted as an eviction. */
  remove(entry: number): void
  /** The key of a resident entry. */
  keyOf(entry: number): number
  /** The size of a resident entry in bytes. */
  sizeBytes(entry: number): number
  /** When a resident entry expires; Infinity is never. */
  expiresAtNs(entry: number): number
  /** Changes when a resident entry expires. */
  setExpiry(entry: number, expiresAtNs: number): void
  /** Resident entries. */
  readonly length: number
  /** Sum of the resident entries' sizes. */
  readonly usedBytes: number
  /** Entries pushed out for lack of room since creation; `clear` keeps the count. */
  readonly evictions: number
  /** Empties the store, as a restart of the process does. */
  clear(): void
}

/** The limit of a store: a number of entries or a number of bytes, at least 1. */
export type Capacity = { readonly entries: number } | { readonly bytes: number }

/** What an eviction algorithm may ask about the store that it orders. */
export interface ResidentKeys {
  /** Entry of the key or -1. */
  find(key: number): number
  /** The key of a resident entry. */
  keyOf(entry: number): number
}

/**
 * The eviction algorithm alone: keeps the order of the resident entries and names the next victim.
 * Entry handles are dense from 0 and are used again after a removal.
 */
export interface EvictionPolicy {
  /** Entries from now on run to `slots - 1`; what is known of the present ones is kept. */
  grow(slots: number): void
  /** The entry became resident. */
  inserted(entry: number, nowNs: number): void
  /** The resident entry was accessed. */
  touched(entry: number, nowNs: number): void
  /** The entry is about to leave, evicted or removed; its key can still be asked. */
  removed(entry: number): void
  /** The entry to evict so that `incomingKey` can come in. Called only while something is resident. */
  victim(incomingKey: number, nowNs: number): number
  /** Everything left at once. */
  cleared(): void
}

/** What a store is made from. */
export interface EvictionOptions {
  readonly capacity: Capacity
  /** Number of keys that can be asked for: keys are 0..universe-1. */
  readonly universe: number
  /** Chance for sampled policies; deterministic ones never draw from it. */
  readonly stream: RandomStream
  /** Keys looked at before each eviction, at least 1, by the policies of Redis (`maxmemory-samples`); 5 if not given. */
  readonly maxmemorySamples?: number
}

/** One eviction policy as the catalogue shows it. */
export interface EvictionDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  create(options: EvictionOptions): EvictionStore
}
