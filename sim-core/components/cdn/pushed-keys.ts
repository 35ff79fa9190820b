// Which keys are pushed to a cache, and in which order.
import { amountOf } from '../../language/capacity-field.ts'
import type { KeyRange, KeySpace } from '../cache/key-space.ts'
import type { CdnConfig } from './cdn.compile.ts'
import type { ObjectCache } from './object-cache.ts'

/**
 * Puts as many of the pushed keys into a cache as fit, least popular first, so that the most popular one is the most
 * recent. Populations take turns rank by rank. What is pushed shows the first version, and its life begins now.
 * @param isLost drawn for every object: whether it does not arrive
 */
export function pushKeys(
  cache: ObjectCache,
  { push, ttlNs }: CdnConfig,
  keys: KeySpace,
  nowNs: number,
  isLost: () => boolean,
): void {
  const ranges = keys.all.map((range) => ({ ...range, count: pushedCount(range, push) }))
  for (let rank = ranksThatFit(cache, ranges, keys) - 1; rank >= 0; rank--) {
    for (const { base, count } of ranges) {
      if (rank < count && !isLost()) cache.fill(base + rank, 0, nowNs + ttlNs, nowNs)
    }
  }
}

function pushedCount({ population, count }: KeyRange, push: CdnConfig['push']): number {
  const amount = push.find((entry) => entry.population === population)?.amount
  return amount === undefined ? 0 : amountOf(amount, count)
}

function ranksThatFit({ capacity }: ObjectCache, ranges: readonly KeyRange[], keys: KeySpace): number {
  const most = ranges.reduce((max, { count }) => Math.max(max, count), 0)
  let room = 'entries' in capacity ? capacity.entries : capacity.bytes
  for (let rank = 0; rank < most; rank++) {
    for (const { base, count } of ranges) {
      if (rank < count) room -= 'entries' in capacity ? 1 : keys.sizeBytes(base + rank)
    }
    if (room < 0) return rank
  }
  return most
}
