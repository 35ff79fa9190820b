// What a write takes out of the tiers of a cache.
import type { CacheTier } from './cache-tier.ts'
import { GroupVersions } from './group-versions.ts'
import type { KeyGroups } from './key-groups.ts'
import { KeyRuns, SingleKeys, TaggedKeys } from './key-groups.ts'
import type { KeySpace } from './key-space.ts'
import type { InvalidationSpec } from './strategy.schema.ts'

type EntryTest = (part: number, entry: number) => boolean

/** What an invalidation is made from. */
export interface InvalidationOptions {
  readonly invalidation: InvalidationSpec
  readonly tiers: readonly CacheTier[]
  readonly keys: KeySpace
  /** Where writes put the new value into the tiers: whether an entry is that value, so that it stays. */
  readonly isNewest: ((key: number, tier: CacheTier, part: number, entry: number) => boolean) | undefined
}

/** The invalidations of one cache. */
export class Invalidation {
  /** Entries taken out, or found to be of an older version. */
  removed = 0
  /** Where writes raise versions. */
  readonly groups: GroupVersions | undefined
  /** Where writes take entries out. */
  private readonly members: KeyGroups | undefined
  private readonly keys: KeySpace
  private readonly shared: readonly CacheTier[]
  private readonly own: readonly CacheTier[]
  /** The key that was written, while its group is taken out. */
  private written = -1
  private readonly removeShared = (key: number): void => {
    for (const tier of this.shared) this.removed += tier.invalidate(key)
  }
  private readonly removeOwn: (key: number) => void

  constructor({ invalidation, tiers, keys, isNewest }: InvalidationOptions) {
    this.keys = keys
    this.groups = invalidation.kind === 'version' ? new GroupVersions(invalidation.groups) : undefined
    this.members = membersOf(invalidation, keys)
    // Of what a write puts into shared tiers itself, nothing has to be taken out before.
    const replaces = isNewest !== undefined && invalidation.kind === 'event'
    this.shared = replaces ? [] : tiers.filter(({ isShared }) => isShared)
    this.own = tiers.filter(({ isShared }) => !isShared)
    const spares = (tier: CacheTier): EntryTest | undefined =>
      isNewest && ((part, entry) => isNewest(this.written, tier, part, entry))
    this.removeOwn = (key) => {
      for (const tier of this.own) {
        this.removed += tier.invalidate(key, key === this.written ? spares(tier) : undefined)
      }
    }
  }

  /** The key space is complete. */
  start(): void {
    this.groups?.start(this.keys.universe)
    this.members?.start()
  }

  /** A key was written: shared tiers follow at once. */
  inShared(key: number): void {
    this.groups?.raise(key)
    if (this.shared.length > 0) this.members?.visit(key, this.removeShared)
  }

  /** The instances learn that a key was written, and their own tiers follow. */
  inOwn(key: number): void {
    this.groups?.tell(key)
    this.written = key
    if (this.own.length > 0) this.members?.visit(key, this.removeOwn)
  }
}

function membersOf(config: InvalidationSpec, keys: KeySpace): KeyGroups | undefined {
  switch (config.kind) {
    case 'event':
      return new SingleKeys()
    case 'pattern':
      return new KeyRuns(keys, config.prefixKeys)
    case 'tag':
      return new TaggedKeys(keys, config.tags)
    case 'version':
    case 'none':
      return undefined
  }
}
