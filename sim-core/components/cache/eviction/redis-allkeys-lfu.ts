// Eviction as Redis 7 does it under maxmemory-policy allkeys-lfu: the least frequently asked for of the sampled keys.

import { definePolicy } from './define-policy.ts'
import { RedisLfuRanking } from './redis-lfu-ranking.ts'
import { createRedisOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy allkeys-lfu. */
export const redisAllkeysLfu = definePolicy({
  id: 'redis_allkeys_lfu',
  label: 'Redis allkeys-lfu',
  help: 'Evicts as Redis does: of a few random keys the one with the lowest frequency, a logarithmic counter of eight bits (`lfu-log-factor` 10) that loses one every minute without access (`lfu-decay-time`).',
  source:
    'Redis 7.0, src/evict.c: evictionPoolPopulate, LFULogIncr, LFUDecrAndReturn, performEvictions; src/db.c: updateLFU',
  differs: REDIS_DIFFERS,
  settings: ['maxmemory_samples', 'lfu_log_factor', 'lfu_decay_time'],
  createPolicy: (options, residents) => createRedisOrder(options, residents, 'allkeys', new RedisLfuRanking(options)),
})
