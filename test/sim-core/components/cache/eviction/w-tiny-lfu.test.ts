// W-TinyLFU lets a key into its main part only if it is asked for more often than what it would displace.

import { expect, it } from 'vitest'
import { createWTinyLfu, wTinyLfu } from '../../../../../sim-core/components/cache/eviction/w-tiny-lfu.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const stream = new RandomStreams(1, 0).stream('test/eviction')

it('keeps popular keys through a scan of keys that are asked for once', () => {
  const store = wTinyLfu.create({ capacity: { entries: 200 }, universe: 100_000, stream })
  for (let round = 0; round < 5; round++) {
    for (let key = 0; key < 150; key++) {
      if (store.find(key) >= 0) store.touch(store.find(key), 0)
      else store.insert(key, 1, Infinity, 0)
    }
  }
  for (let key = 1000; key < 3000; key++) store.insert(key, 1, Infinity, 0)
  const kept = Array.from({ length: 150 }, (_, key) => store.find(key)).filter((entry) => entry >= 0)
  expect(kept.length).toBeGreaterThan(140)
})

it('with a strict window holds nothing where the window is rounded down to nothing', () => {
  const store = createWTinyLfu('strict').create({ capacity: { entries: 99 }, universe: 10, stream })
  expect(store.insert(1, 1, Infinity, 0)).toBe(-1)
  expect(wTinyLfu.create({ capacity: { entries: 99 }, universe: 10, stream }).insert(1, 1, Infinity, 0)).toBe(0)
})
