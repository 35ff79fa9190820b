// Segmented LRU: accesses lift entries, and only the lowest segment loses any.
import { expect, it } from 'vitest'
import { slru } from '../../../../../sim-core/components/cache/eviction/slru.ts'
import { LetteredCache } from './lettered-cache.ts'

it('lifts by one segment with every access, and lowers the oldest of a full one', () => {
  // Segments of two, filled from below: AB, CD, EF, GH.
  const cache = new LetteredCache(slru, 8)
  cache.ask('ABCDEFGH')
  // A leaves: IB below; then B goes up and C comes down: IC, DB, EF, GH.
  cache.ask('IB')
  expect(cache.held).toBe('BCDEFGHI')
  cache.ask('J')
  expect(cache.held).toBe('BCDEFGHJ')
  cache.ask('KLM')
  expect(cache.held).toBe('BDEFGHLM')
})

it('keeps what was asked for twice through a scan', () => {
  const cache = new LetteredCache(slru, 8)
  cache.ask('ABCDEFGHIJIJ')
  expect(cache.held).toBe('CDEFGHIJ')
  cache.scan(1000)
  // I and J climbed, for which C and D came down and left.
  expect(cache.held).toBe('EFGHIJ')
})

it('fills segments that removals have left room in', () => {
  const cache = new LetteredCache(slru, 8)
  cache.ask('ABCDEFGH')
  cache.remove('C')
  cache.ask('I')
  cache.scan(100)
  expect(cache.held).toBe('DEFGHI')
  cache.clear()
  expect(cache.held).toBe('')
  expect(cache.ask('ABA')).toBe('mmh')
})
