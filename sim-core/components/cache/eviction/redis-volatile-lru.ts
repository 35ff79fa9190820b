// Eviction as Redis 7 does it under maxmemory-policy volatile-lru: the longest idle of the sampled keys with an expiry.

import { definePolicy } from './define-policy.ts'
import { REDIS_LRU_DIFFERS, RedisLruRanking } from './redis-lru-ranking.ts'
import { createRedisOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy volatile-lru. */
export const redisVolatileLru = definePolicy({
  id: 'redis_volatile_lru',
  label: 'Redis volatile-lru',
  help: 'As Redis allkeys-lru, but only keys with a `ttl` are evicted; when there is none, new keys stay out.',
  source: 'Redis 7.0, src/evict.c: evictionPoolPopulate, estimateObjectIdleTime, performEvictions',
  differs: `${REDIS_DIFFERS} ${REDIS_LRU_DIFFERS}`,
  isVolatile: true,
  settings: ['maxmemory_samples'],
  createPolicy: (options, residents) => createRedisOrder(options, residents, 'volatile', new RedisLruRanking()),
})
