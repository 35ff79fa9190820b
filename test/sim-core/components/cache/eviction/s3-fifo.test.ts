// S3-FIFO: a small queue that most keys leave at once, a main one for those asked for twice, and a memory of the others.
import { expect, it } from 'vitest'
import { s3Fifo } from '../../../../../sim-core/components/cache/eviction/s3-fifo.ts'
import { LetteredCache } from './lettered-cache.ts'

// Room for 10: one place is due to the small queue, nine to the main one, and nine keys are remembered.

it('promotes what was asked for twice in the small queue, and forgets what was asked for once', () => {
  const cache = new LetteredCache(s3Fifo, 10)
  cache.ask('ABCDEFGHIJAABK')
  expect(cache.held).toBe('ACDEFGHIJK')
  cache.scan(1000)
  expect(cache.held).toBe('A')
})

it('takes a key that comes back while it is remembered into the main queue', () => {
  const cache = new LetteredCache(s3Fifo, 10)
  cache.ask('ABCDEFGHIJKB')
  // A left for K; B, which was in the small queue, was asked for once there.
  cache.ask('LA')
  expect(cache.held).toBe('ADEFGHIJKL')
  cache.scan(1000)
  expect(cache.held).toBe('A')
})

it('remembers nine keys', () => {
  const cache = new LetteredCache(s3Fifo, 10)
  cache.ask('A')
  cache.scan(19)
  // Ten have left, A the first of them.
  cache.ask('A')
  cache.scan(10)
  expect(cache.held).toBe('')
})

it('gives keys of the main queue another round for each access', () => {
  const cache = new LetteredCache(s3Fifo, 10)
  // All ten are promoted when K asks for room, and the first of them has to go, its accesses before being forgotten.
  cache.ask('ABCDEFGHIJABCDEFGHIJABCDEFGHIJK')
  expect(cache.held).toBe('BCDEFGHIJK')
  // K is promoted, so that the main queue is too long again: B has been asked for there, C has not.
  cache.ask('BKKL')
  expect(cache.held).toBe('BDEFGHIJKL')
})

it('remembers nothing of what is removed, nor after it was emptied', () => {
  const cache = new LetteredCache(s3Fifo, 10)
  cache.ask('ABAA')
  cache.remove('A')
  cache.ask('A')
  cache.scan(10)
  expect(cache.held).toBe('')
  cache.clear()
  cache.ask('B')
  cache.scan(10)
  expect(cache.held).toBe('')
})
