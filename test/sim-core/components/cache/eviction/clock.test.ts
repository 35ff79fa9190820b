// The clock gives whoever was asked for since the hand last passed a second round.
import { expect, it } from 'vitest'
import { clock } from '../../../../../sim-core/components/cache/eviction/clock.ts'
import { LetteredCache } from './lettered-cache.ts'

it('spares a referenced entry once, and clears its bit in passing', () => {
  const cache = new LetteredCache(clock, 3)
  expect(cache.ask('ABCAAAD')).toBe('mmmhhhm')
  expect(cache.held).toBe('ACD')
  cache.ask('E')
  expect(cache.held).toBe('ADE')
  // One bit: three references were worth one round.
  cache.ask('F')
  expect(cache.held).toBe('DEF')
})

it('goes by order of insertion, not of access, where all were referenced', () => {
  const cache = new LetteredCache(clock, 3)
  cache.ask('ABCCBAD')
  expect(cache.held).toBe('BCD')
})

it('the hand moves on when the entry under it is removed', () => {
  const cache = new LetteredCache(clock, 3)
  cache.ask('ABCD')
  cache.remove('B')
  cache.ask('EF')
  expect(cache.held).toBe('DEF')
  cache.ask('G')
  expect(cache.held).toBe('EFG')
})

it('begins anew when it is emptied', () => {
  const cache = new LetteredCache(clock, 3)
  cache.ask('ABCABCD')
  cache.clear()
  expect(cache.held).toBe('')
  expect(cache.ask('CABAD')).toBe('mmmhm')
  expect(cache.held).toBe('ABD')
})
