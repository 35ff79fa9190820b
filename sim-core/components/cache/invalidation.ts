// What a write takes out of the tiers of a cache.
import type { CacheTier } from './cache-tier.ts'
import { GroupVersions } from './group-versions.ts'
import type { Spared } from './group-removal.ts'
import { GroupRemoval } from './group-removal.ts'
import type { KeyGroups } from './key-groups.ts'
import { KeyRuns, SingleKeys, TaggedKeys } from './key-groups.ts'
import type { KeySpace } from './key-space.ts'
import type { InvalidationSpec } from './strategy.schema.ts'

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
  private readonly removal: GroupRemoval | undefined
  private readonly keys: KeySpace
  private readonly shared: readonly CacheTier[]
  private readonly own: readonly CacheTier[]
  private readonly isNewest: InvalidationOptions['isNewest']

  constructor({ invalidation, tiers, keys, isNewest }: InvalidationOptions) {
    this.keys = keys
    this.groups = invalidation.kind === 'version' ? new GroupVersions(invalidation.groups) : undefined
    this.members = membersOf(invalidation, keys)
    this.removal = this.members && new GroupRemoval(this.members)
    this.isNewest = isNewest
    // Of what a write puts into shared tiers itself, nothing has to be taken out before.
    const replaces = isNewest !== undefined && invalidation.kind === 'event'
    this.shared = replaces ? [] : tiers.filter(({ isShared }) => isShared)
    this.own = tiers.filter(({ isShared }) => !isShared)
  }

  /** The key space is complete. */
  start(): void {
    this.groups?.start(this.keys.universe)
    this.members?.start()
  }

  /** A key was written: shared tiers follow at once. */
  inShared(key: number): void {
    this.groups?.raise(key)
    for (const tier of this.shared) this.removed += this.removal?.remove(key, tier, undefined) ?? 0
  }

  /** The instances learn that a key was written, and their own tiers follow. */
  inOwn(key: number): void {
    this.groups?.tell(key)
    for (const tier of this.own) this.removed += this.removal?.remove(key, tier, this.sparedIn(tier, key)) ?? 0
  }

  /** What a write of a key put into the tiers stays. */
  private sparedIn(tier: CacheTier, key: number): Spared {
    const { isNewest } = this
    return isNewest && ((part, entry) => isNewest(key, tier, part, entry))
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
