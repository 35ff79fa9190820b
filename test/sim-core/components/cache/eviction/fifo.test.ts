// FIFO evicts who came first, however often it was asked for.
import { expect, it } from 'vitest'
import { fifo } from '../../../../../sim-core/components/cache/eviction/fifo.ts'
import { LetteredCache } from './lettered-cache.ts'

it('evicts in the order of insertion, whatever is asked for in between', () => {
  const cache = new LetteredCache(fifo, 3)
  expect(cache.ask('ABCAAAD')).toBe('mmmhhhm')
  expect(cache.held).toBe('BCD')
  expect(cache.ask('AB')).toBe('mm')
  expect(cache.held).toBe('ABD')
})

it('never hits in a loop that is one key too long', () => {
  expect(new LetteredCache(fifo, 3).ask('ABCDABCDABCD')).toBe('m'.repeat(12))
})

it('goes on in order after a removal, and begins anew when it is emptied', () => {
  const cache = new LetteredCache(fifo, 3)
  cache.ask('ABC')
  cache.remove('B')
  cache.ask('DE')
  expect(cache.held).toBe('CDE')
  cache.clear()
  expect(cache.held).toBe('')
  cache.ask('EABC')
  expect(cache.held).toBe('ABC')
})
