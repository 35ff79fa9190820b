// Eviction as Redis 7 does it under maxmemory-policy volatile-ttl: the sampled key that expires first.

import { definePolicy } from './define-policy.ts'
import type { Residents } from './eviction.ts'
import { createRedisOrder, REDIS_DIFFERS, type RedisRanking } from './redis-order.ts'

const MILLISECOND_NS = 1_000_000

/**
 * Source: Redis 7.0, src/evict.c, evictionPoolPopulate: idle = ULLONG_MAX - expiry in milliseconds.
 * Differs from the source: the same order without the constant.
 */
class RedisTtlRanking implements RedisRanking {
  readonly #residents: Residents

  constructor(residents: Residents) {
    this.#residents = residents
  }

  grow(): void {
    // Expiries are kept by the store.
  }

  created(): void {
    // The expiry does not depend on when the key came in.
  }

  accessed(): void {
    // Being asked for does not keep a key.
  }

  score(entry: number): number {
    return -Math.floor(this.#residents.expiresAtNs(entry) / MILLISECOND_NS)
  }
}

/** Redis 7, maxmemory-policy volatile-ttl. */
export const redisVolatileTtl = definePolicy({
  id: 'redis_volatile_ttl',
  label: 'Redis volatile-ttl',
  help: 'Evicts as Redis does: of a few random keys with a `ttl` the one that expires first. Without such keys, new ones stay out.',
  source: 'Redis 7.0, src/evict.c: evictionPoolPopulate, performEvictions',
  differs: REDIS_DIFFERS,
  isVolatile: true,
  settings: ['maxmemory_samples'],
  createPolicy: (options, residents) =>
    createRedisOrder(options, residents, 'volatile', new RedisTtlRanking(residents)),
})
