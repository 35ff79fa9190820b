// What a cache holds when the run starts: the most popular keys.
import type { CacheTier } from './cache-tier.ts'
import type { KeySpace } from './key-space.ts'

/** Keys `base` to `base + count - 1` of a cache are to be loaded, the first being the most popular one. */
export interface WarmRange {
  readonly base: number
  readonly count: number
}

/**
 * Loads into one part of a tier as many of the most popular keys as fit, least popular first, so that the most popular one
 * is the most recent. Populations take turns rank by rank.
 */
export function warmPart(tier: CacheTier, part: number, ranges: readonly WarmRange[], keys: KeySpace): void {
  for (let rank = ranksThatFit(tier, part, ranges, keys) - 1; rank >= 0; rank--) {
    for (const { base, count } of ranges) {
      if (rank < count && tier.partOf(base + rank, part) === part) tier.load(base + rank, part, 0)
    }
  }
}

function ranksThatFit(tier: CacheTier, part: number, ranges: readonly WarmRange[], keys: KeySpace): number {
  const most = ranges.reduce((max, { count }) => Math.max(max, count), 0)
  const { capacity } = tier
  let room = 'entries' in capacity ? capacity.entries : capacity.bytes
  for (let rank = 0; rank < most; rank++) {
    for (const { base, count } of ranges) {
      if (rank >= count || tier.partOf(base + rank, part) !== part || !tier.isLoadable(base + rank)) continue
      room -= 'entries' in capacity ? 1 : keys.sizeBytes(base + rank)
    }
    if (room < 0) return rank
  }
  return most
}
