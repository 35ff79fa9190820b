// Redis's other maxmemory policies: who may be evicted, by what, and what happens when nobody may.

import { describe, expect, it } from 'vitest'
import type { EvictionDefinition, EvictionStore } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { redisAllkeysLfu } from '../../../../../sim-core/components/cache/eviction/redis-allkeys-lfu.ts'
import { redisNoeviction } from '../../../../../sim-core/components/cache/eviction/redis-noeviction.ts'
import { redisVolatileLfu } from '../../../../../sim-core/components/cache/eviction/redis-volatile-lfu.ts'
import { redisVolatileLru } from '../../../../../sim-core/components/cache/eviction/redis-volatile-lru.ts'
import { redisVolatileRandom } from '../../../../../sim-core/components/cache/eviction/redis-volatile-random.ts'
import { redisVolatileTtl } from '../../../../../sim-core/components/cache/eviction/redis-volatile-ttl.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const SECOND_NS = 1e9

function createStore(definition: EvictionDefinition, entries: number, maxmemorySamples = 5): EvictionStore {
  const stream = new RandomStreams(1, 0).stream('test/eviction')
  return definition.create({ capacity: { entries }, universe: 100, stream, maxmemorySamples })
}

const volatile = [redisVolatileLru, redisVolatileLfu, redisVolatileRandom, redisVolatileTtl]

describe.each(volatile.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('evicts only keys with an expiry, whenever they got it', () => {
    const store = createStore(definition, 3)
    store.insert(0, 1, Infinity, 0)
    store.insert(1, 1, 50 * SECOND_NS, 0)
    store.insert(2, 1, 60 * SECOND_NS, 0)
    store.setExpiry(store.find(1), Infinity)
    store.insert(3, 1, Infinity, SECOND_NS)
    expect([0, 1, 2, 3].map((key) => store.find(key) >= 0)).toEqual([true, true, false, true])
    expect(store.insert(4, 1, Infinity, SECOND_NS)).toBe(-1)
    store.setExpiry(store.find(0), 90 * SECOND_NS)
    expect(store.insert(4, 1, Infinity, SECOND_NS)).toBeGreaterThanOrEqual(0)
    expect(store.find(0)).toBe(-1)
    expect(store.evictions).toBe(2)
  })
})

it('volatile-ttl evicts the key that expires first when all are sampled', () => {
  const store = createStore(redisVolatileTtl, 4, 10)
  for (const [key, lifeS] of [30, 10, 40, 20].entries()) store.insert(key, 1, lifeS * SECOND_NS, 0)
  const order = [4, 5, 6].map((key) => {
    store.insert(key, 1, 1000 * SECOND_NS, 0)
    return [0, 1, 2, 3].filter((each) => store.find(each) >= 0)
  })
  expect(order).toEqual([[0, 2, 3], [0, 2], [2]])
})

it('noeviction keeps new keys out of a full store until one leaves', () => {
  const store = createStore(redisNoeviction, 2)
  store.insert(0, 1, Infinity, 0)
  store.insert(1, 1, Infinity, 0)
  expect(store.insert(2, 1, Infinity, 0)).toBe(-1)
  store.remove(store.find(0))
  expect(store.insert(2, 1, Infinity, 0)).toBeGreaterThanOrEqual(0)
  expect(store.evictions).toBe(0)
})

it('allkeys-lfu evicts the least frequent key, and frequency decays by the minute', () => {
  const minuteNs = 60 * SECOND_NS
  const store = createStore(redisAllkeysLfu, 2, 10)
  store.insert(0, 1, Infinity, 0)
  for (let access = 0; access < 200; access++) store.touch(store.find(0), 0)
  store.insert(1, 1, Infinity, 0)
  store.insert(2, 1, Infinity, 0)
  expect(store.find(0)).toBeGreaterThanOrEqual(0)
  // A hundred minutes later the old counter is at zero, below the five of a new key.
  store.insert(3, 1, Infinity, 100 * minuteNs)
  store.insert(4, 1, Infinity, 100 * minuteNs)
  expect(store.find(0)).toBe(-1)
})
