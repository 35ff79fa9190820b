// LRU-2 goes by the last access but one, also of keys that were away in between.
import { expect, it } from 'vitest'
import { lruK } from '../../../../../sim-core/components/cache/eviction/lru-k.ts'
import { LetteredCache } from './lettered-cache.ts'

it('evicts keys known from one access first, the least recent of them', () => {
  const cache = new LetteredCache(lruK, 4)
  cache.ask('ABCDAB')
  cache.ask('E')
  expect(cache.held).toBe('ABDE')
  cache.ask('F')
  expect(cache.held).toBe('ABEF')
  cache.scan(1000)
  expect(cache.held).toBe('AB')
})

it('goes by the last access but one where all are known from two', () => {
  const cache = new LetteredCache(lruK, 3)
  // Last but one: B at 3, A at 4, C at 5. Last: C at 6, A at 7, B at 8.
  cache.ask('ABBACCAB')
  cache.ask('D')
  expect(cache.held).toBe('ACD')
})

it('counts an access before the eviction of a key', () => {
  const cache = new LetteredCache(lruK, 3)
  expect(cache.ask('ABCABDEEF')).toBe('mmmhhmmhm')
  // A, whose last access but one was the first of all, has gone; F and then G are known from one access.
  expect(cache.held).toBe('BEF')
  cache.ask('G')
  expect(cache.held).toBe('BEG')
  // A comes back with its access at 4, which is later than that of B at 2.
  cache.ask('AH')
  expect(cache.held).toBe('AEH')
})

it('remembers nothing after it was emptied', () => {
  const cache = new LetteredCache(lruK, 3)
  cache.ask('ABCABCD')
  cache.clear()
  expect(cache.held).toBe('')
  // A would be known from two accesses by now.
  cache.ask('ABBCD')
  expect(cache.held).toBe('BCD')
})

it('forgets a key that is removed', () => {
  const cache = new LetteredCache(lruK, 3)
  cache.ask('ABCABC')
  cache.remove('A')
  cache.ask('AD')
  expect(cache.held).toBe('BCD')
})
