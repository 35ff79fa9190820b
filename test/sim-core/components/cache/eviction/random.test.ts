// Random eviction: every entry is as likely to go as any other, however it was used.
import { expect, it } from 'vitest'
import { random } from '../../../../../sim-core/components/cache/eviction/random.ts'
import { LetteredCache } from './lettered-cache.ts'

const TRIALS = 4000
const ENTRIES = 8

/** Five standard deviations of how often one of eight goes. */
const SLACK = 5 * Math.sqrt(TRIALS * (1 / ENTRIES) * (1 - 1 / ENTRIES))

it('evicts any entry with equal chance, also one that is asked for all the time', () => {
  const gone = new Map<string, number>()
  for (let seed = 0; seed < TRIALS; seed++) {
    const cache = new LetteredCache(random, ENTRIES, seed)
    cache.ask('ABCDEFGHAAAAI')
    const [victim = ''] = 'ABCDEFGH'.split('').filter((letter) => !cache.held.includes(letter))
    gone.set(victim, (gone.get(victim) ?? 0) + 1)
  }
  expect([...gone.keys()].toSorted().join('')).toBe('ABCDEFGH')
  for (const count of gone.values()) expect(Math.abs(count - TRIALS / ENTRIES)).toBeLessThan(SLACK)
})

it('evicts nobody while there is room, after removals and after it was emptied', () => {
  const cache = new LetteredCache(random, 3)
  cache.ask('ABC')
  cache.remove('AC')
  cache.ask('DE')
  expect(cache.held).toBe('BDE')
  cache.clear()
  cache.ask('FGH')
  expect(cache.held).toBe('FGH')
})
