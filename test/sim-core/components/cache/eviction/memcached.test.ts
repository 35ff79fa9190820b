// Items of memcached move at most once a minute in a flat list, and by their second fetch between segments.

import { expect, it } from 'vitest'
import type { EvictionDefinition, EvictionStore } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { memcachedFlat } from '../../../../../sim-core/components/cache/eviction/memcached-flat.ts'
import { memcachedSegmented } from '../../../../../sim-core/components/cache/eviction/memcached-segmented.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const SECOND_NS = 1e9

function createStore(definition: EvictionDefinition, entries: number): EvictionStore {
  return definition.create({
    capacity: { entries },
    universe: 1000,
    stream: new RandomStreams(1, 0).stream('test/eviction'),
  })
}

it.each([
  [60, 0],
  [61, 1],
])('flat: an item asked for after %i seconds, with the first item gone: %i', (afterS, victim) => {
  const store = createStore(memcachedFlat, 2)
  store.insert(0, 1, Infinity, 0)
  store.insert(1, 1, Infinity, 0)
  store.touch(store.find(0), afterS * SECOND_NS)
  store.insert(2, 1, Infinity, afterS * SECOND_NS)
  expect(store.find(victim)).toBe(-1)
  expect(store.find(1 - victim)).toBeGreaterThanOrEqual(0)
})

it('segmented: what was fetched twice outlives a scan, what was fetched once does not', () => {
  const store = createStore(memcachedSegmented, 20)
  store.insert(0, 1, Infinity, 0)
  store.insert(1, 1, Infinity, 0)
  store.touch(store.find(0), 0)
  store.touch(store.find(0), 0)
  store.touch(store.find(1), 0)
  for (let key = 100; key < 160; key++) store.insert(key, 1, Infinity, 0)
  expect(store.find(0)).toBeGreaterThanOrEqual(0)
  expect(store.find(1)).toBe(-1)
})
