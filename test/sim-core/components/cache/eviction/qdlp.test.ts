// QD-LP-FIFO: newcomers that are not asked for leave early, those that come back are kept.

import { expect, it } from 'vitest'
import { qdlp } from '../../../../../sim-core/components/cache/eviction/qdlp.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { LetteredCache } from './lettered-cache.ts'

it('keeps what was asked for in the queue of newcomers, and what comes back after leaving it', () => {
  const stream = new RandomStreams(1, 0).stream('test/eviction')
  const store = qdlp.create({ capacity: { entries: 10 }, universe: 100, stream })
  for (let key = 0; key < 10; key++) store.insert(key, 1, Infinity, 0)
  store.touch(store.find(0), 0)
  store.insert(10, 1, Infinity, 0)
  expect([0, 1, 2].map((key) => store.find(key) >= 0)).toEqual([true, false, true])
  store.insert(1, 1, Infinity, 0)
  for (let key = 20; key < 40; key++) store.insert(key, 1, Infinity, 0)
  expect([0, 1, 2, 39].map((key) => store.find(key) >= 0)).toEqual([true, true, false, true])
})

it('keeps through a scan what was asked for in the queue of newcomers', () => {
  const cache = new LetteredCache(qdlp, 10)
  cache.ask('ABCDEFGHIJACE')
  cache.scan(1000)
  expect(cache.held).toBe('ACE')
})

it('remembers nothing of what is removed, nor after it was emptied', () => {
  const cache = new LetteredCache(qdlp, 10)
  cache.ask('AAA')
  cache.remove('A')
  cache.ask('A')
  cache.scan(10)
  expect(cache.held).toBe('')
  cache.ask('A')
  cache.clear()
  expect(cache.held).toBe('')
  cache.ask('A')
  cache.scan(10)
  expect(cache.held).toBe('')
})
