// How a group of keys is taken out of a tier: key by key, or by a walk through what the tier holds, whichever is shorter.
import type { CacheTier } from './cache-tier.ts'
import { grownInt32 } from './eviction/grown-array.ts'
import type { EvictionStore } from './eviction/eviction.ts'
import type { KeyGroups } from './key-groups.ts'

/** What it needs of a tier. */
export type GroupTier = Pick<CacheTier, 'invalidate' | 'isShared' | 'stores'>

/** Tells which entries of the key that was written are to stay. */
export type Spared = ((part: number, entry: number) => boolean) | undefined

/** Keys of one store found at first; doubled whenever they are used up. */
const FOUND_AT_FIRST = 64

/** Takes groups of keys out of tiers. Either way, every store loses the same entries in the same order: by key. */
export class GroupRemoval {
  private readonly groups: KeyGroups
  private found = new Int32Array(FOUND_AT_FIRST)

  constructor(groups: KeyGroups) {
    this.groups = groups
  }

  /** Takes the group of a key out of a tier; answers how many entries that were. */
  remove(key: number, tier: GroupTier, spared: Spared): number {
    return this.isWalkShorter(key, tier) ? this.byResidents(key, tier, spared) : this.byMembers(key, tier, spared)
  }

  /** Looks for every key of the group. */
  byMembers(key: number, tier: GroupTier, spared: Spared): number {
    let removed = 0
    this.groups.visit(key, (member) => {
      removed += tier.invalidate(member, member === key ? spared : undefined)
    })
    return removed
  }

  /** Looks at everything that the tier holds. */
  byResidents(key: number, tier: GroupTier, spared: Spared): number {
    const isMember = this.groups.testOf(key)
    let removed = 0
    for (const [part, store] of tier.stores.entries()) {
      if (store === undefined || store.length === 0) continue
      const found = this.membersIn(store, isMember)
      for (let at = 0; at < found.length; at++) {
        const member = found[at]!
        const entry = store.find(member)
        if (member === key && spared?.(part, entry) === true) continue
        store.remove(entry)
        removed += 1
      }
    }
    return removed
  }

  /** The keys of a store that are in a group, ascending. */
  private membersIn(store: EvictionStore, isMember: (key: number) => boolean): Int32Array {
    let count = 0
    for (let entry = 0; entry < store.slots; entry++) {
      if (!store.isResident(entry)) continue
      const key = store.keyOf(entry)
      if (!isMember(key)) continue
      if (count === this.found.length) this.found = grownInt32(this.found, 2 * count)
      this.found[count] = key
      count += 1
    }
    return this.found.subarray(0, count).sort()
  }

  /** Whether there are fewer places to look at in the stores than look-ups of the group's keys. */
  private isWalkShorter(key: number, { isShared, stores }: GroupTier): boolean {
    const size = this.groups.sizeOf(key)
    // A key alone needs no weighing, and is the most common case by far.
    if (size === 1) return false
    let places = 0
    for (const store of stores) if (store !== undefined && store.length > 0) places += store.slots
    return places <= size * (isShared ? 1 : stores.length)
  }
}
