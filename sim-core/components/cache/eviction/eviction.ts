// What a bounded store of cached keys offers to a cache, and what an eviction algorithm must supply to make one.

import type { RandomStream } from '../../../kernel/random.ts'

/**
 * A bounded store of keys: which keys are resident, how large they are, when they expire.
 *
 * Keys are integers 0..universe-1. Times are integer nanoseconds of simulated time, sizes whole bytes. An entry handle is
 * valid until its key is removed or evicted, so no handle of another key may be kept across an access or an insertion.
 */
export interface EvictionStore {
  /** Entry of the key or -1. Does not count as an access; expired entries are found too, the caller compares the expiry. */
  find(key: number): number
  /** Records an access to a resident entry (its recency or frequency). The entry itself stays resident. */
  touch(entry: number, nowNs: number): void
  /**
   * Makes the key resident, evicting others until it fits, and returns its entry; -1 when it is larger than the whole
   * store or the policy refuses it. A key that is already resident is replaced, which counts as an access.
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
  /** Entry handles in use are some of 0..slots-1. */
  readonly slots: number
  /** Whether a handle below `slots` is that of a resident entry. */
  isResident(entry: number): boolean
}

/** The limit of a store: a number of entries or a number of bytes, at least 1. */
export type Capacity = { readonly entries: number } | { readonly bytes: number }

/** What an eviction algorithm may ask of the store that it orders. */
export interface Residents {
  /** Entry of the key or -1. */
  find(key: number): number
  /** The key of a resident entry. */
  keyOf(entry: number): number
  /** How much of the capacity an entry takes: 1 where the capacity is in entries, its bytes where it is in bytes. */
  weight(entry: number): number
  /** When a resident entry expires; Infinity is never. */
  expiresAtNs(entry: number): number
  /**
   * Evicts an entry that the policy has already forgotten, outside of an insertion: for policies in which an access can
   * push out another entry. Never the entry accessed.
   */
  drop(entry: number): void
}

/**
 * The eviction algorithm alone: keeps the order of the resident entries and chooses what goes.
 *
 * Entry handles are dense from 0 and are used again after a removal. An insertion is `admits`, then `evict` until the key
 * fits, then `inserted`; when the key fits at once, there is no `evict`.
 */
export interface EvictionPolicy {
  /** Entries from now on run to `slots - 1`; what is known of the present ones is kept. */
  grow(slots: number): void
  /** A key that is not resident, of that weight, asks to come in; false keeps it out and nothing is evicted for it. */
  admits(key: number, weight: number, nowNs: number): boolean
  /**
   * Chooses an entry to evict, so that the key last admitted can come in, and forgets it (what is remembered of a key
   * after its eviction is the policy's own); its key can still be asked. -1: nothing may be evicted, the key stays out.
   * Called only while something is resident.
   */
  evict(nowNs: number): number
  /** The key last admitted became resident. */
  inserted(entry: number, nowNs: number): void
  /** The resident entry was accessed. */
  touched(entry: number, nowNs: number): void
  /** The entry is about to be taken out by the owner of the store; its key can still be asked. */
  removed(entry: number): void
  /** Everything left at once; nothing is remembered. */
  cleared(): void
  /** The expiry of a resident entry changed. Only policies that order by expiry have it. */
  expiryChanged?(entry: number): void
}

/** What an eviction policy is made from. */
export interface PolicyOptions {
  /** Room in units of weight, at least 1. */
  readonly capacity: number
  /** What a unit of weight is. */
  readonly unit: 'entries' | 'bytes'
  /** Number of keys that can be asked for: keys are 0..universe-1. */
  readonly universe: number
  /** Whether memory may be taken for every key of the universe: faster than an index of the keys that are known. */
  readonly indexesEveryKey: boolean
  /** Chance for sampled policies; deterministic ones never draw from it. */
  readonly stream: RandomStream
  /** Keys looked at before each eviction, at least 1, by the policies of Redis (`maxmemory-samples`); 5 if not given. */
  readonly maxmemorySamples?: number
  /** Redis's `lfu-log-factor`, at least 0; 10 if not given. */
  readonly lfuLogFactor?: number
  /** Redis's `lfu-decay-time` in minutes, at least 0 (never); 1 if not given. */
  readonly lfuDecayMinutes?: number
}

/** What a store is made from. */
export type EvictionOptions = Omit<PolicyOptions, 'capacity' | 'unit' | 'indexesEveryKey'> & {
  readonly capacity: Capacity
}

/** A setting that some policies have, named as in scenarios. */
export type EvictionSetting = 'maxmemory_samples' | 'lfu_log_factor' | 'lfu_decay_time'

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
  /** It evicts only entries that expire some day. */
  readonly isVolatile?: true
  /** The settings that it has; none when absent. */
  readonly settings?: readonly EvictionSetting[]
  /** A store for entries with sizes and expiries. */
  create(options: EvictionOptions): EvictionStore
  /** The policy alone, for the store that it is to order; residents must not be asked before the first insertion. */
  createPolicy(options: PolicyOptions, residents: Residents): EvictionPolicy
}
