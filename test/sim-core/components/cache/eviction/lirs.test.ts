// LIRS keeps keys whose last two accesses were close together, and lets the others pass through a small queue.
import { expect, it } from 'vitest'
import { lirs } from '../../../../../sim-core/components/cache/eviction/lirs.ts'
import { LetteredCache } from './lettered-cache.ts'

// Room for 3: two blocks of low inter-reference recency, one of high.

it('hits on all but a few keys of a loop that is one key too long', () => {
  // A and B are low, C and D take turns in the one place for the others; least recently used would never hit.
  expect(new LetteredCache(lirs, 3).ask('ABCDABCDABCD')).toBe('mmmmhhmmhhmm')
})

it('raises a key that comes back while the stack remembers it, and demotes the low one at the bottom', () => {
  const cache = new LetteredCache(lirs, 3)
  cache.ask('ABCDE')
  expect(cache.held).toBe('ABE')
  // D is in the stack: it becomes low in place of A, which is next to go.
  cache.ask('D')
  expect(cache.held).toBe('ABD')
  cache.ask('F')
  expect(cache.held).toBe('BDF')
  cache.scan(1000)
  expect(cache.held).toBe('BD')
})

it('raises a resident key in the stack at its second access', () => {
  const cache = new LetteredCache(lirs, 3)
  cache.ask('ABCCD')
  expect(cache.held).toBe('BCD')
})

it('only moves a resident key that has left the stack to the end of the queue', () => {
  const cache = new LetteredCache(lirs, 3)
  // The accesses to A and B prune C from the stack; asked for again it is in the stack, but high as before.
  cache.ask('ABCABCD')
  expect(cache.held).toBe('ABD')
})

it('fills the place of a low key that is removed, and begins anew when it is emptied', () => {
  const cache = new LetteredCache(lirs, 3)
  cache.ask('ABC')
  cache.remove('A')
  cache.ask('DE')
  expect(cache.held).toBe('BDE')
  cache.scan(100)
  expect(cache.held).toBe('BD')
  cache.clear()
  expect(cache.held).toBe('')
  // Nothing remembers D, so it does not displace A or B.
  cache.ask('ABDE')
  expect(cache.held).toBe('ABE')
})
