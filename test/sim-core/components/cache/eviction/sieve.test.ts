// SIEVE keeps visited entries where they are, and its hand stays near the new ones.
import { expect, it } from 'vitest'
import { sieve } from '../../../../../sim-core/components/cache/eviction/sieve.ts'
import { LetteredCache } from './lettered-cache.ts'

it('evicts the first unvisited entry from the hand on, which stays there', () => {
  const cache = new LetteredCache(sieve, 3)
  expect(cache.ask('ABCAD')).toBe('mmmhm')
  expect(cache.held).toBe('ACD')
  // A has lost its mark, but the hand is past it and meets the newcomers first.
  for (const [key, held] of [
    ['E', 'ADE'],
    ['F', 'AEF'],
    ['G', 'AFG'],
  ] as const) {
    cache.ask(key)
    expect(cache.held).toBe(held)
  }
  // With all newcomers visited, the hand goes round and comes to A.
  cache.ask('FGH')
  expect(cache.held).toBe('FGH')
})

it('keeps through a scan what was asked for before it', () => {
  const cache = new LetteredCache(sieve, 10)
  cache.ask('ABCDEABCDE')
  cache.scan(1000)
  expect(cache.held).toBe('ABCDE')
})

it('the hand moves on when the entry under it is removed', () => {
  const cache = new LetteredCache(sieve, 3)
  cache.ask('ABCAD')
  cache.remove('C')
  cache.ask('EF')
  expect(cache.held).toBe('AEF')
})

it('begins anew when it is emptied', () => {
  const cache = new LetteredCache(sieve, 3)
  cache.ask('ABCABCD')
  cache.clear()
  expect(cache.held).toBe('')
  cache.ask('ABCD')
  expect(cache.held).toBe('BCD')
})
