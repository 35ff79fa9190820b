// 2Q: newcomers wait in a queue where accesses count nothing; who comes back after leaving it is kept by recency.
import { expect, it } from 'vitest'
import { twoQ } from '../../../../../sim-core/components/cache/eviction/two-q.ts'
import { LetteredCache } from './lettered-cache.ts'

/** Room for 8: Kin is 2, Kout is 4. A has come back after leaving A1in, and B, C and D are in A1out. */
function withReturned(): LetteredCache {
  const cache = new LetteredCache(twoQ, 8)
  // C is asked for while it is in A1in, which does not keep it.
  expect(cache.ask('ABCDEFGHICJKA')).toBe('mmmmmmmmmhmmm')
  expect(cache.held).toBe('AEFGHIJK')
  return cache
}

it('keeps a key that came back through a scan', () => {
  const cache = withReturned()
  cache.ask('LMNOP')
  expect(cache.held).toBe('AJKLMNOP')
  cache.scan(1000)
  expect(cache.held).toBe('A')
})

it('evicts the least recent of Am once A1in is down to its share, and forgets it', () => {
  const cache = withReturned()
  cache.ask('LMNOP')
  // Each of these is in A1out, and pushes one more out of A1in: Am is A, I, H, G, F, M and A1in is O, P.
  expect(cache.ask('IHGFM')).toBe('mmmmm')
  expect(cache.held).toBe('AFGHIMOP')
  cache.ask('N')
  expect(cache.held).toBe('FGHIMNOP')
  // A was in Am, so nothing remembers it: it is a newcomer, for whom the least recent of Am goes.
  cache.ask('A')
  expect(cache.held).toBe('AFGHMNOP')
})

it('what was removed is no one who comes back', () => {
  const cache = new LetteredCache(twoQ, 8)
  cache.ask('ABCDEFGH')
  cache.remove('A')
  // A is a newcomer, in no way remembered, and goes with the others.
  cache.ask('A')
  cache.scan(8)
  expect(cache.held).toBe('')
})

it('remembers nothing after it was emptied', () => {
  const cache = withReturned()
  cache.clear()
  expect(cache.held).toBe('')
  cache.ask('B')
  cache.scan(8)
  expect(cache.held).toBe('')
})
