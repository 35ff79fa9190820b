// Eviction as Redis 7 does it under maxmemory-policy volatile-lfu: the least frequent of the sampled keys with an expiry.

import { definePolicy } from './define-policy.ts'
import { RedisLfuRanking } from './redis-lfu-ranking.ts'
import { createRedisOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy volatile-lfu. */
export const redisVolatileLfu = definePolicy({
  id: 'redis_volatile_lfu',
  label: 'Redis volatile-lfu',
  help: 'As Redis allkeys-lfu, but only keys with a `ttl` are evicted; when there is none, new keys stay out.',
  source:
    'Redis 7.0, src/evict.c: evictionPoolPopulate, LFULogIncr, LFUDecrAndReturn, performEvictions; src/db.c: updateLFU',
  differs: REDIS_DIFFERS,
  isVolatile: true,
  settings: ['maxmemory_samples', 'lfu_log_factor', 'lfu_decay_time'],
  createPolicy: (options, residents) => createRedisOrder(options, residents, 'volatile', new RedisLfuRanking(options)),
})
