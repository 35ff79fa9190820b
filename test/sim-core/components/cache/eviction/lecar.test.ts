// LeCaR learns which of recency and frequency to go by.
import { expect, it } from 'vitest'
import type { EvictionDefinition } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { lecar } from '../../../../../sim-core/components/cache/eviction/lecar.ts'
import { lfu } from '../../../../../sim-core/components/cache/eviction/lfu.ts'
import { lru } from '../../../../../sim-core/components/cache/eviction/lru.ts'
import { LetteredCache } from './lettered-cache.ts'

const hitsIn = (answers: string): number => answers.split('h').length - 1

/** Ten keys that stay popular, between scans that are longer than what is left of the cache. */
function steady(policy: EvictionDefinition): number {
  const cache = new LetteredCache(policy, 14)
  let hits = 0
  for (let round = 0; round < 300; round++) {
    hits += hitsIn(cache.ask('ABCDEFGHIJABCDEFGHIJ'))
    cache.scan(12)
  }
  return hits
}

/** Five keys at a time, each set in use for a while and then never again. */
function moving(policy: EvictionDefinition): number {
  const cache = new LetteredCache(policy, 5)
  let hits = 0
  for (let round = 0; round < 300; round++) {
    const first = 'A'.charCodeAt(0) + ((round * 5) % 25)
    const letters = String.fromCharCode(...[0, 1, 2, 3, 4].map((step) => first + step))
    hits += hitsIn(cache.ask(letters.repeat(6)))
  }
  return hits
}

it('does nearly as well as frequency where that is right, and as recency where that is', () => {
  expect(steady(lfu)).toBeGreaterThan(1.1 * steady(lru))
  expect(steady(lecar)).toBeGreaterThan(1.05 * steady(lru))
  expect(moving(lru)).toBeGreaterThan(1.1 * moving(lfu))
  expect(moving(lecar)).toBeGreaterThan(1.05 * moving(lfu))
})

it('evicts nobody while there is room, after removals and after it was emptied', () => {
  const cache = new LetteredCache(lecar, 3)
  cache.ask('ABC')
  cache.remove('AC')
  cache.ask('DE')
  expect(cache.held).toBe('BDE')
  cache.clear()
  cache.ask('FGH')
  expect(cache.held).toBe('FGH')
})
