// Eviction as Redis 7 does it under maxmemory-policy allkeys-random: any key.

import { definePolicy } from './define-policy.ts'
import { createRedisRandomOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy allkeys-random. */
export const redisAllkeysRandom = definePolicy({
  id: 'redis_allkeys_random',
  label: 'Redis allkeys-random',
  help: 'Evicts any key with equal chance, as Redis does under this policy.',
  source: 'Redis 7.0, src/evict.c: performEvictions',
  differs: REDIS_DIFFERS,
  createPolicy: (options, residents) => createRedisRandomOrder(options, residents, 'allkeys'),
})
