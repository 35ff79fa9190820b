// ARC: what is asked for twice is kept apart from what was seen once, and the ghosts of both divide the room.
import { expect, it } from 'vitest'
import { arc } from '../../../../../sim-core/components/cache/eviction/arc.ts'
import { LetteredCache } from './lettered-cache.ts'

/** Room for 4. T1 is G, H; T2 is A, B; B1 is E, F; p is 0. */
function afterScan(): LetteredCache {
  const cache = new LetteredCache(arc, 4)
  expect(cache.ask('ABCDABEFGH')).toBe('mmmmhhmmmm')
  expect(cache.held).toBe('ABGH')
  return cache
}

it('keeps what was asked for twice through a scan of any length', () => {
  const cache = afterScan()
  cache.scan(1000)
  expect(cache.held).toBe('AB')
})

it('gives recency room for a hit among its ghosts, and takes it back for one among those of frequency', () => {
  const cache = afterScan()
  // F is in B1: p becomes 1, T1 has 2, so G leaves T1. T1 is H; T2 is A, B, F; B1 is E, G.
  cache.ask('F')
  expect(cache.held).toBe('ABFH')
  // G is in B1: p becomes 2, T1 has 1, so A leaves T2 for B2.
  cache.ask('G')
  expect(cache.held).toBe('BFGH')
  // A is in B2: p becomes 1, which T1 has, so H leaves it.
  cache.ask('A')
  expect(cache.held).toBe('ABFG')
})

it('forgets ghosts of T1 that are more than the cache has room for', () => {
  const cache = afterScan()
  // C was the first to leave T1, and has left B1 since: it is new, and does not get into T2.
  cache.ask('C')
  cache.scan(2)
  expect(cache.held).toBe('AB')
})

it('remembers nothing of what is removed, nor after it was emptied', () => {
  const cache = afterScan()
  cache.remove('A')
  cache.ask('A')
  // A is in T1 behind G and H.
  cache.scan(3)
  expect(cache.held).toBe('B')
  cache.clear()
  expect(cache.held).toBe('')
  cache.ask('E')
  cache.scan(4)
  expect(cache.held).toBe('')
})
