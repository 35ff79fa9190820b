// Keys that are invalidated together: runs of consecutive numbers, or what a hash puts together.
import { fullAvalanche } from '../../hashing/full-avalanche.ts'
import type { KeySpace } from './key-space.ts'

/** Divides the keys of a cache into groups. */
export interface KeyGroups {
  /** The key space is complete. */
  start(): void
  /** Calls back with every key of the group of `key`. */
  visit(key: number, found: (member: number) => void): void
}

/** The group of a key among `groups`, the keys spread evenly by hash. */
export function groupOf(key: number, groups: number): number {
  return fullAvalanche(key) % groups
}

/** Each key alone. */
export class SingleKeys implements KeyGroups {
  start(): void {
    // Nothing to prepare.
  }

  visit(key: number, found: (member: number) => void): void {
    found(key)
  }
}

/** Runs of so many consecutive keys of a population: those that share a prefix. */
export class KeyRuns implements KeyGroups {
  private readonly keys: KeySpace
  private readonly length: number

  constructor(keys: KeySpace, length: number) {
    this.keys = keys
    this.length = length
  }

  start(): void {
    // A run is found from its key alone.
  }

  visit(key: number, found: (member: number) => void): void {
    const range = this.keys.all.findLast(({ base }) => base <= key)!
    const first = key - ((key - range.base) % this.length)
    const end = Math.min(first + this.length, range.base + range.count)
    for (let member = first; member < end; member++) found(member)
  }
}

/** Keys with the same tag, each key having one. */
export class TaggedKeys implements KeyGroups {
  private readonly keys: KeySpace
  private readonly tags: number
  /** Where the keys of each tag begin in `members`; one more than there are tags. */
  private starts = new Int32Array(0)
  private members = new Int32Array(0)

  constructor(keys: KeySpace, tags: number) {
    this.keys = keys
    this.tags = tags
  }

  start(): void {
    const { universe } = this.keys
    // No more tags are in use than there are keys; the hash goes over those.
    const starts = new Int32Array(this.inUse() + 1)
    for (let key = 0; key < universe; key++) starts[this.tagOf(key) + 1]!++
    for (let tag = 1; tag < starts.length; tag++) starts[tag] = starts[tag]! + starts[tag - 1]!
    const next = starts.slice()
    this.members = new Int32Array(universe)
    for (let key = 0; key < universe; key++) this.members[next[this.tagOf(key)]!++] = key
    this.starts = starts
  }

  visit(key: number, found: (member: number) => void): void {
    const tag = this.tagOf(key)
    const end = this.starts[tag + 1]!
    for (let at = this.starts[tag]!; at < end; at++) found(this.members[at]!)
  }

  private inUse(): number {
    return Math.min(this.tags, this.keys.universe)
  }

  private tagOf(key: number): number {
    return groupOf(key, this.inUse())
  }
}
