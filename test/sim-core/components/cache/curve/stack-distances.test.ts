// LRU at every capacity from one pass hits as often as a cache of each capacity does.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { lruHits } from '../../../../../sim-core/components/cache/curve/stack-distances.ts'
import { lru } from '../../../../../sim-core/components/cache/eviction/lru.ts'
import { TraceCache } from '../../../../../sim-core/components/cache/eviction/trace-cache.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const stream = new RandomStreams(1, 0).stream('test/trace')

function hitsOf(keys: Int32Array, universe: number, capacity: number): number {
  return new TraceCache(lru, { capacity, universe, stream }).replay(keys, 0, keys.length)
}

it('hits at every capacity as often as a cache of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(fc.nat(11), { maxLength: 200 }), (universe, raw) => {
      const keys = Int32Array.from(raw, (key) => key % universe)
      const hits = lruHits(keys, universe)
      expect(hits[0]).toBe(0)
      for (let capacity = 1; capacity <= universe; capacity++) {
        expect(hits[capacity]).toBe(hitsOf(keys, universe, capacity))
      }
    }),
  )
})

it('goes on when the places for accesses are used up', () => {
  const keys = Int32Array.from({ length: 300_000 }, () => stream.nextBelow(1 + stream.nextBelow(40)))
  const hits = lruHits(keys, 40)
  for (const capacity of [1, 7, 20, 39, 40]) expect(hits[capacity]).toBe(hitsOf(keys, 40, capacity))
})
