// What a cache holds when the run starts: the most popular keys.
import type { CacheTier } from './cache-tier.ts'
import type { KeySpace } from './key-space.ts'

/** Keys `base` to `base + count - 1` of a cache are to be loaded, the first being the most popular one. */
export interface WarmRange {
  readonly base: number
  readonly count: number
}

/** The keys that one node is warmed with, as long as there is room. */
class NodeKeys {
  isFull = false
  private readonly keys: number[] = []
  private room: number
  /** The rank seen last, and how many keys there were before it. */
  private rank = -1
  private lengthBefore = 0

  constructor(room: number) {
    this.room = room
  }

  /** Keys are given by rank; those of a rank that does not fit as a whole stay out, and all that follow. */
  add(key: number, rank: number, weight: number): void {
    if (this.rank !== rank) {
      this.rank = rank
      this.lengthBefore = this.keys.length
    }
    this.keys.push(key)
    this.room -= weight
    if (this.room >= 0) return
    this.isFull = true
    this.keys.length = this.lengthBefore
  }

  /** Loads them, least popular first, so that the most popular one is the most recent. */
  loadInto(tier: CacheTier, part: number): void {
    for (let at = this.keys.length - 1; at >= 0; at--) tier.load(this.keys[at]!, part, 0)
  }
}

/**
 * As many of the most popular keys as fit into each node of a shared tier, or into any instance of another one. Populations
 * take turns rank by rank. They are found once for all nodes and instances.
 */
export class WarmKeys {
  private readonly tier: CacheTier
  private readonly nodes: readonly NodeKeys[]

  constructor(tier: CacheTier, ranges: readonly WarmRange[], keys: KeySpace) {
    const { capacity } = tier
    const countsEntries = 'entries' in capacity
    const room = countsEntries ? capacity.entries : capacity.bytes
    const nodes = Array.from({ length: tier.isShared ? tier.nodes.count : 1 }, () => new NodeKeys(room))
    const ranks = ranges.reduce((max, { count }) => Math.max(max, count), 0)
    let open = nodes.length
    for (let rank = 0; rank < ranks && open > 0; rank++) {
      for (const { base, count } of ranges) {
        const key = base + rank
        if (rank >= count || !tier.isLoadable(key)) continue
        const node = nodes[tier.partOf(key, 0)]!
        if (node.isFull) continue
        node.add(key, rank, countsEntries ? 1 : keys.sizeBytes(key))
        if (node.isFull) open--
      }
    }
    this.tier = tier
    this.nodes = nodes
  }

  /** Loads what belongs into one part of the tier. */
  loadInto(part: number): void {
    this.nodes[this.tier.isShared ? part : 0]!.loadInto(this.tier, part)
  }
}
