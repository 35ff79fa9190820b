// W-TinyLFU lets a key into its main part only if it is asked for more often than what it would displace.

import { expect, it } from 'vitest'
import { createWTinyLfu, wTinyLfu } from '../../../../../sim-core/components/cache/eviction/w-tiny-lfu.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { LetteredCache } from './lettered-cache.ts'

const stream = new RandomStreams(1, 0).stream('test/eviction')

it('keeps popular keys through a scan of keys that are asked for once', () => {
  const store = wTinyLfu.create({ capacity: { entries: 200 }, universe: 100_000, stream })
  const ask = (key: number): void => {
    const entry = store.find(key)
    if (entry >= 0) store.touch(entry, 0)
    else store.insert(key, 1, Infinity, 0)
  }
  // More than fits, so that the popular keys are in the main part when they are asked for again.
  for (let key = 0; key < 250; key++) ask(key)
  for (let round = 0; round < 20; round++) for (let key = 0; key < 150; key++) ask(key)
  for (let key = 1000; key < 3000; key++) ask(key)
  const kept = Array.from({ length: 150 }, (_, key) => store.find(key)).filter((entry) => entry >= 0)
  expect(kept.length).toBeGreaterThan(140)
})

it('with a strict window holds nothing where the window is rounded down to nothing', () => {
  const store = createWTinyLfu('strict').create({ capacity: { entries: 99 }, universe: 10, stream })
  expect(store.insert(1, 1, Infinity, 0)).toBe(-1)
  expect(wTinyLfu.create({ capacity: { entries: 99 }, universe: 10, stream }).insert(1, 1, Infinity, 0)).toBe(0)
})

it('fills the room that a removal leaves, and holds nothing after it was emptied', () => {
  const cache = new LetteredCache(wTinyLfu, 4)
  // Z goes through the window of one and pushes A into the main part of three, where B and C follow.
  expect(cache.ask('ABCZABCABC')).toBe('mmmmhhhhhh')
  cache.remove('A')
  cache.scan(1)
  // There is room in the main part for Z, and none for what comes after it.
  expect(cache.held).toBe('BCZ')
  cache.scan(2)
  expect(cache.held).toBe('BCZ')
  cache.clear()
  expect(cache.held).toBe('')
  expect(cache.ask('ZA')).toBe('mm')
})
