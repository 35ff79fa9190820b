// Keys that are invalidated together: runs of consecutive numbers, or what a hash puts together.
import { fullAvalanche } from '../../hashing/full-avalanche.ts'
import type { KeySpace } from './key-space.ts'

/** Divides the keys of a cache into groups. */
export interface KeyGroups {
  /** The key space is complete. */
  start(): void
  /** About how many keys the group of `key` has. */
  sizeOf(key: number): number
  /** Tells which keys are in the group of `key`. */
  testOf(key: number): (other: number) => boolean
  /** Calls back with every key of the group of `key`, in ascending order. */
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

  sizeOf(): number {
    return 1
  }

  testOf(key: number): (other: number) => boolean {
    return (other) => other === key
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

  sizeOf(key: number): number {
    const { first, end } = this.runOf(key)
    return end - first
  }

  testOf(key: number): (other: number) => boolean {
    const { first, end } = this.runOf(key)
    return (other) => other >= first && other < end
  }

  visit(key: number, found: (member: number) => void): void {
    const { first, end } = this.runOf(key)
    for (let member = first; member < end; member++) found(member)
  }

  private runOf(key: number): { readonly first: number; readonly end: number } {
    const { base, count } = this.keys.rangeOf(key)
    const first = key - ((key - base) % this.length)
    return { first, end: Math.min(first + this.length, base + count) }
  }
}

/** Keys with the same tag, each key having one. */
export class TaggedKeys implements KeyGroups {
  private readonly keys: KeySpace
  private readonly tags: number
  /** No more tags are in use than there are keys; the hash goes over those. */
  private inUse = 0
  /** The keys by tag: 4 bytes each, so it is made when it is first needed, which may be never. */
  private table: TagTable | undefined

  constructor(keys: KeySpace, tags: number) {
    this.keys = keys
    this.tags = tags
  }

  start(): void {
    this.inUse = Math.min(this.tags, this.keys.universe)
  }

  /** The mean of all groups. */
  sizeOf(): number {
    return this.keys.universe / this.inUse
  }

  testOf(key: number): (other: number) => boolean {
    const { inUse } = this
    const tag = groupOf(key, inUse)
    return (other) => groupOf(other, inUse) === tag
  }

  visit(key: number, found: (member: number) => void): void {
    const { starts, members } = (this.table ??= tagTable(this.keys.universe, this.inUse))
    const tag = groupOf(key, this.inUse)
    const end = starts[tag + 1]!
    for (let at = starts[tag]!; at < end; at++) found(members[at]!)
  }
}

/** Where the keys of each tag begin in `members`, and where the last ones end. */
interface TagTable {
  readonly starts: Int32Array
  readonly members: Int32Array
}

function tagTable(universe: number, tags: number): TagTable {
  const starts = new Int32Array(tags + 1)
  for (let key = 0; key < universe; key++) starts[groupOf(key, tags) + 1]!++
  for (let tag = 1; tag < starts.length; tag++) starts[tag] = starts[tag]! + starts[tag - 1]!
  const next = starts.slice()
  const members = new Int32Array(universe)
  for (let key = 0; key < universe; key++) members[next[groupOf(key, tags)]!++] = key
  return { starts, members }
}
