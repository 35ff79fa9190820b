// How long keys have been idle, as Redis 7 knows it: in ticks of a coarse clock.

import { grownInt32 } from './grown-array.ts'
import type { RedisRanking } from './redis-order.ts'

/** Nanoseconds per tick of the LRU clock: LRU_CLOCK_RESOLUTION is 1,000 ms. */
const CLOCK_TICK_NS = 1_000_000_000

/** The LRU clock keeps 24 bits, so it wraps after 194 days: LRU_CLOCK_MAX. */
const CLOCK_MAX = 2 ** 24 - 1

/** What differs from Redis in its LRU policies. */
export const REDIS_LRU_DIFFERS = 'The clock is the simulated second, where Redis refreshes it ten times a second.'

/**
 * Source: Redis 7.0, src/evict.c, estimateObjectIdleTime, and src/server.h, LRU_CLOCK_MAX and LRU_CLOCK_RESOLUTION: each
 * key keeps the tick of its last access; a clock behind it is taken to have wrapped once.
 * Differs from the source: `REDIS_LRU_DIFFERS`.
 */
export class RedisLruRanking implements RedisRanking {
  #accessTicks = new Int32Array(0)

  grow(slots: number): void {
    this.#accessTicks = grownInt32(this.#accessTicks, slots)
  }

  created(entry: number, nowNs: number): void {
    this.#accessTicks[entry] = clockTick(nowNs)
  }

  accessed(entry: number, nowNs: number): void {
    this.#accessTicks[entry] = clockTick(nowNs)
  }

  score(entry: number, nowNs: number): number {
    const accessTick = this.#accessTicks[entry]!
    const nowTick = clockTick(nowNs)
    return nowTick >= accessTick ? nowTick - accessTick : nowTick + (CLOCK_MAX - accessTick)
  }
}

function clockTick(nowNs: number): number {
  return Math.floor(nowNs / CLOCK_TICK_NS) & CLOCK_MAX
}
