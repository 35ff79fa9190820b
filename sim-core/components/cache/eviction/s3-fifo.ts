// Eviction with three first-in first-out queues: a small one for newcomers, a main one, and a memory of keys.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy } from './eviction.ts'
import { SmallBeforeMain } from './small-before-main.ts'

/** Accesses in the small queue from which on an entry is promoted. */
const PROMOTION_ACCESSES = 2

/**
 * Source: J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023,
 * section 4 and algorithm 1: a miss enters S, or M when it is in G; a hit counts up to 3; eviction from S moves accessed
 * objects to M and the others to G; eviction from M reinserts accessed objects with their count less one.
 * Differs from the source: see `differs` below.
 */
class S3FifoOrder extends SmallBeforeMain implements EvictionPolicy {
  evict(): number {
    if (this.mainWeight > this.mainLimit) return this.evictFromMain()
    for (let oldest = this.small.oldest(); oldest >= 0; oldest = this.small.oldest()) {
      if (this.demote(oldest, PROMOTION_ACCESSES)) return oldest
    }
    return this.evictFromMain()
  }
}

/** S3-FIFO. */
export const s3Fifo = definePolicy({
  id: 's3_fifo',
  label: 'S3-FIFO',
  help: 'Three queues without reordering: new keys pass a small one (10 %), those asked for at least twice there, or again soon after leaving it, are kept in the main one. Good against keys that are asked for only once.',
  source:
    'J. Yang, Y. Zhang, Z. Qiu, Y. Yue, K. V. Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023, algorithm 1',
  differs:
    'The memory of keys is 90 % of the capacity; the main queue is evicted from only while it is above its share or the small one is empty. Shares are of entries or of bytes, as the capacity is.',
  createPolicy: (options, residents) => new S3FifoOrder(options, residents),
})
