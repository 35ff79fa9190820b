// Hyperbolic caching evicts the lowest number of accesses per time in the store, so that popularity fades.
import { expect, it } from 'vitest'
import { hyperbolic } from '../../../../../sim-core/components/cache/eviction/hyperbolic.ts'
import { LetteredCache } from './lettered-cache.ts'

it('evicts the fewest accesses per request since an entry came', () => {
  const cache = new LetteredCache(hyperbolic, 3)
  cache.ask('ABCAA')
  // At request 6: A 3/5, B 1/4, C 1/3.
  cache.ask('D')
  expect(cache.held).toBe('ACD')
  // At 7: A 3/6, C 1/4, D 1/1.
  cache.ask('E')
  expect(cache.held).toBe('ADE')
  // At 8: A 3/7, D 1/2, E 1/1.
  cache.ask('F')
  expect(cache.held).toBe('DEF')
})

it('counts from the beginning again after a removal and after it was emptied', () => {
  const cache = new LetteredCache(hyperbolic, 2)
  cache.ask('AAAB')
  cache.remove('A')
  // At 6: B 1/2, A 1/1.
  cache.ask('AC')
  expect(cache.held).toBe('AC')
  cache.clear()
  expect(cache.held).toBe('')
  expect(cache.ask('AA')).toBe('mh')
})
