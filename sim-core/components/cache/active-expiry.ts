// Removal of entries that are too old before anybody asks for them, as Redis does it in the background.
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { Timer } from '../../kernel/timer.ts'
import type { EvictionStore } from './eviction/eviction.ts'
import { MortalEntries } from './mortal-entries.ts'

/** Time between two cycles: `hz` is 10 by default. */
const CYCLE_NS = 100_000_000

/** Entries looked at in one loop of a cycle: ACTIVE_EXPIRE_CYCLE_KEYS_PER_LOOP. */
const ENTRIES_PER_LOOP = 20

/** Places looked at in one loop at most, for each entry that it wants: max_buckets. */
const PLACES_PER_ENTRY = 20

/** Another loop follows while more of a hundred entries had expired: ACTIVE_EXPIRE_CYCLE_ACCEPTABLE_STALE. */
const STALE_PERCENT_ACCEPTED = 10

/** Stores with less than one entry in so many places are not searched. */
const PLACES_PER_ENTRY_MAX = 100

/** What a loop draws entries from. */
interface Searched {
  readonly length: number
  /** Places in which there is an entry or none. */
  readonly slots: number
  /** The entry in a random place, or -1. */
  draw(stream: RandomStream): number
}

/** All entries of a store. */
class AllEntries implements Searched {
  private readonly store: EvictionStore

  constructor(store: EvictionStore) {
    this.store = store
  }

  get length(): number {
    return this.store.length
  }

  get slots(): number {
    return this.store.slots
  }

  draw(stream: RandomStream): number {
    const entry = stream.nextBelow(this.store.slots)
    return this.store.isResident(entry) ? entry : -1
  }
}

/**
 * The background search of one tier, store after store.
 *
 * Source: Redis 7.0, src/expire.c, activeExpireCycle with type ACTIVE_EXPIRE_CYCLE_SLOW and active-expire-effort 1: ten times
 * a second, 20 keys with an expiry are looked at and the expired ones removed, `while (sampled == 0 || expired * 100 /
 * sampled > 10)`; a loop looks into 20 buckets per key at most, and tables filled by less than 1 % are left alone.
 * Differs from the source: keys are drawn at random, where Redis walks through its hash table, whose order is random too; no
 * bound on processor time (there: a quarter of it), and the work is not charged to the node; no fast cycle between two; all
 * nodes have their cycles at the same instant.
 */
export class ActiveExpiry {
  removed = 0
  private readonly kernel: Kernel
  private readonly stream: RandomStream
  private readonly stores: readonly (EvictionStore | undefined)[]
  private readonly keepsSome: boolean
  /** By part, as far as there is something in it that expires. */
  private readonly mortals: (MortalEntries | undefined)[] = []
  private readonly timer: Timer
  private isWaiting = false

  /** @param keepsSome whether some entries live for ever, which are then never looked at */
  constructor(kernel: Kernel, stream: RandomStream, stores: readonly (EvictionStore | undefined)[], keepsSome = false) {
    this.kernel = kernel
    this.stream = stream
    this.stores = stores
    this.keepsSome = keepsSome
    this.timer = new Timer(kernel, PRIORITY_CONTROL, (nowNs) => this.runCycle(nowNs))
  }

  /** An entry that will expire has come into a store. */
  added(part: number, entry: number): void {
    if (this.keepsSome) this.mortalsOf(part).add(entry)
    this.wait()
  }

  /** There is something that will expire: cycles go on until there is nothing. */
  wait(): void {
    if (this.isWaiting) return
    this.isWaiting = true
    this.timer.set((Math.floor(this.kernel.nowNs / CYCLE_NS) + 1) * CYCLE_NS)
  }

  private runCycle(nowNs: number): void {
    let entries = 0
    for (const [part, store] of this.stores.entries()) {
      if (store === undefined) continue
      const searched = this.keepsSome ? this.mortalsOf(part) : new AllEntries(store)
      while (this.runLoop(store, searched, nowNs));
      entries += searched.length
    }
    this.isWaiting = false
    if (entries > 0) this.wait()
  }

  /** Looks at some entries of a store; answers whether so many had expired that it should go on. */
  private runLoop(store: EvictionStore, searched: Searched, nowNs: number): boolean {
    const { slots, length } = searched
    if (length === 0 || length * PLACES_PER_ENTRY_MAX < slots) return false
    const wanted = Math.min(ENTRIES_PER_LOOP, length)
    let sampled = 0
    let expired = 0
    for (let looks = 0; looks < wanted * PLACES_PER_ENTRY && sampled < wanted; looks++) {
      const entry = searched.draw(this.stream)
      if (entry < 0) continue
      sampled++
      if (store.expiresAtNs(entry) > nowNs) continue
      store.remove(entry)
      expired++
    }
    this.removed += expired
    return sampled === 0 || Math.floor((expired * 100) / sampled) > STALE_PERCENT_ACCEPTED
  }

  private mortalsOf(part: number): MortalEntries {
    while (this.mortals.length <= part) this.mortals.push(undefined)
    return (this.mortals[part] ??= new MortalEntries(this.stores[part]!))
  }
}
