// Eviction as Redis 7 does it under maxmemory-policy volatile-random: any key with an expiry.

import { definePolicy } from './define-policy.ts'
import { createRedisRandomOrder, REDIS_DIFFERS } from './redis-order.ts'

/** Redis 7, maxmemory-policy volatile-random. */
export const redisVolatileRandom = definePolicy({
  id: 'redis_volatile_random',
  label: 'Redis volatile-random',
  help: 'Evicts any key with a `ttl` with equal chance, as Redis does under this policy; when there is none, new keys stay out.',
  source: 'Redis 7.0, src/evict.c: performEvictions',
  differs: REDIS_DIFFERS,
  isVolatile: true,
  createPolicy: (options, residents) => createRedisRandomOrder(options, residents, 'volatile'),
})
