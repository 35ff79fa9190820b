// A sweep over the hash table: whoever comes back after being evicted is safe for a whole round.
import { expect, it } from 'vitest'
import { randomSweep } from '../../../../../sim-core/components/cache/eviction/random-sweep.ts'
import { LetteredCache } from './lettered-cache.ts'

it('spares a key that returns behind the hand until all others have gone', () => {
  const cache = new LetteredCache(randomSweep, 8)
  cache.ask('ABCDEFGH')
  cache.scan(1)
  const [victim = ''] = 'ABCDEFGH'.split('').filter((letter) => !cache.held.includes(letter))
  expect(cache.ask(victim)).toBe('m')
  // Seven others are ahead of the hand, and so is whatever comes in there.
  cache.scan(7)
  expect(cache.held).toContain(victim)
})

it('evicts nobody while there is room, after removals and after it was emptied', () => {
  const cache = new LetteredCache(randomSweep, 3)
  cache.ask('ABC')
  cache.remove('AC')
  cache.ask('DE')
  expect(cache.held).toBe('BDE')
  cache.clear()
  cache.ask('FGH')
  expect(cache.held).toBe('FGH')
})
