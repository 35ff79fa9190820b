// Eviction as Redis 7 does it under maxmemory-policy allkeys-lru: the longest idle of the sampled keys.

import { definePolicy } from './define-policy.ts'
import { REDIS_LRU_DIFFERS, RedisLruRanking } from './redis-lru-ranking.ts'
import { createRedisOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy allkeys-lru. */
export const redisAllkeysLru = definePolicy({
  id: 'redis_allkeys_lru',
  label: 'Redis allkeys-lru',
  help: 'Evicts as Redis does: a few random keys are looked at (`maxmemory-samples`, 5), the longest idle of the best sixteen seen goes. Idle time counts whole seconds, so under heavy traffic it approaches random eviction.',
  source:
    'Redis 7.0, src/evict.c: evictionPoolPopulate, estimateObjectIdleTime, performEvictions; src/server.h: LRU_CLOCK_MAX, LRU_CLOCK_RESOLUTION',
  differs: `${REDIS_DIFFERS} ${REDIS_LRU_DIFFERS}`,
  settings: ['maxmemory_samples'],
  createPolicy: (options, residents) => createRedisOrder(options, residents, 'allkeys', new RedisLruRanking()),
})
