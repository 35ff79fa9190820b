// Eviction with quick demotion of newcomers and lazy promotion of the rest: a small queue before a clock.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy } from './eviction.ts'
import { SmallBeforeMain } from './small-before-main.ts'

/** Accesses in the small queue from which on an entry is promoted. */
const PROMOTION_ACCESSES = 1

/**
 * Source: J. Yang, Z. Qiu, Y. Zhang, Y. Yue, K. V. Rashmi, "FIFO can be better than LRU: the power of lazy promotion and
 * quick demotion", HotOS 2023, section 4: a probationary queue of 10 % of the space, a main cache with 2-bit clock, and a
 * ghost queue with as many entries as the main cache; an object accessed in the probationary queue moves to the main cache
 * when it leaves the queue, others to the ghost queue; a miss found in the ghost queue enters the main cache.
 * Differs from the source: see `differs` below.
 */
class QdlpOrder extends SmallBeforeMain implements EvictionPolicy {
  evict(): number {
    // A key that comes back goes to the clock, so the clock makes room for it when it is full.
    const isFull = this.isReturning ? this.mainWeight >= this.mainLimit : this.mainWeight > this.mainLimit
    if (isFull && this.main.oldest() >= 0) return this.evictFromMain()
    for (let oldest = this.small.oldest(); oldest >= 0; oldest = this.small.oldest()) {
      if (this.demote(oldest, PROMOTION_ACCESSES)) return oldest
      if (this.mainWeight > this.mainLimit) break
    }
    return this.evictFromMain()
  }
}

/** QD-LP-FIFO. */
export const qdlp = definePolicy({
  id: 'qdlp',
  label: 'QD-LP-FIFO',
  help: 'Newcomers pass a small queue (10 %) and leave quickly unless they are asked for there; the rest is a clock of two bits. The forerunner of S3-FIFO.',
  source:
    'J. Yang, Z. Qiu, Y. Zhang, Y. Yue, K. V. Rashmi, "FIFO can be better than LRU: the power of lazy promotion and quick demotion", HotOS 2023, section 4',
  differs:
    'A key that comes back while the clock has its share makes room in the clock. Shares are of entries or of bytes, as the capacity is.',
  createPolicy: (options, residents) => new QdlpOrder(options, residents),
})
