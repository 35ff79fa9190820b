// The eviction policies on offer; a new one is its file, its test and one line here.

import { arc } from './arc.ts'
import { clock } from './clock.ts'
import type { EvictionDefinition } from './eviction.ts'
import { fifo } from './fifo.ts'
import { hyperbolic } from './hyperbolic.ts'
import { lecar } from './lecar.ts'
import { lfu } from './lfu.ts'
import { lirs } from './lirs.ts'
import { lru } from './lru.ts'
import { lruK } from './lru-k.ts'
import { memcachedFlat } from './memcached-flat.ts'
import { memcachedSegmented } from './memcached-segmented.ts'
import { qdlp } from './qdlp.ts'
import { random } from './random.ts'
import { randomSweep } from './random-sweep.ts'
import { redisAllkeysLfu } from './redis-allkeys-lfu.ts'
import { redisAllkeysLru } from './redis-allkeys-lru.ts'
import { redisAllkeysRandom } from './redis-allkeys-random.ts'
import { redisNoeviction } from './redis-noeviction.ts'
import { redisVolatileLfu } from './redis-volatile-lfu.ts'
import { redisVolatileLru } from './redis-volatile-lru.ts'
import { redisVolatileRandom } from './redis-volatile-random.ts'
import { redisVolatileTtl } from './redis-volatile-ttl.ts'
import { s3Fifo } from './s3-fifo.ts'
import { sieve } from './sieve.ts'
import { slru } from './slru.ts'
import { twoQ } from './two-q.ts'
import { wTinyLfu } from './w-tiny-lfu.ts'

/** Every eviction policy, in the order in which it is listed to the user. */
export const evictionPolicies: readonly EvictionDefinition[] = [
  lru,
  fifo,
  lfu,
  random,
  randomSweep,
  clock,
  sieve,
  slru,
  twoQ,
  lruK,
  arc,
  lirs,
  s3Fifo,
  qdlp,
  wTinyLfu,
  lecar,
  hyperbolic,
  redisNoeviction,
  redisAllkeysLru,
  redisAllkeysLfu,
  redisAllkeysRandom,
  redisVolatileLru,
  redisVolatileLfu,
  redisVolatileRandom,
  redisVolatileTtl,
  memcachedSegmented,
  memcachedFlat,
]
