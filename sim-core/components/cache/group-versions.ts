// Version numbers of groups of keys: raising one makes every entry of the group unreachable without touching it.
import { groupOf } from './key-groups.ts'

/** The version numbers as they are, and as instances know them for their own tiers. */
export class GroupVersions {
  private readonly groups: number
  private shared = new Int32Array(0)
  private own = new Int32Array(0)
  private inUse = 0

  constructor(groups: number) {
    this.groups = groups
  }

  /** Makes room; no more groups are in use than there are keys. */
  start(universe: number): void {
    this.inUse = Math.min(this.groups, universe)
    this.shared = new Int32Array(this.inUse)
    this.own = new Int32Array(this.inUse)
  }

  /** The version of the key's group. */
  sharedOf(key: number): number {
    return this.shared[groupOf(key, this.inUse)]!
  }

  /** The version of the key's group that instances know of. */
  ownOf(key: number): number {
    return this.own[groupOf(key, this.inUse)]!
  }

  /** The key's group has a new version. */
  raise(key: number): void {
    this.shared[groupOf(key, this.inUse)]!++
  }

  /** Instances learn of one new version of the key's group. */
  tell(key: number): void {
    this.own[groupOf(key, this.inUse)]!++
  }
}
