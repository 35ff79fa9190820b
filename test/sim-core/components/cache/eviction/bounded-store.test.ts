// What every store does whatever its policy: sizes, expiry, replacement, and what it refuses.

import { describe, expect, it } from 'vitest'
import type { EvictionStore } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { lru } from '../../../../../sim-core/components/cache/eviction/lru.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const stream = new RandomStreams(1, 0).stream('test/eviction')

function createStore(bytes: number): EvictionStore {
  return lru.create({ capacity: { bytes }, universe: 1000, stream })
}

describe('bounded store', () => {
  it('evicts as many as the new entry needs', () => {
    const store = createStore(100)
    for (let key = 0; key < 10; key++) store.insert(key, 10, Infinity, 0)
    store.insert(10, 35, Infinity, 0)
    expect(store.evictions).toBe(4)
    expect(store.length).toBe(7)
    expect(store.usedBytes).toBe(95)
  })

  it('refuses what is larger than the whole store and evicts nothing for it', () => {
    const store = createStore(100)
    store.insert(1, 100, Infinity, 0)
    expect(store.insert(2, 101, Infinity, 0)).toBe(-1)
    expect(store.length).toBe(1)
    expect(store.evictions).toBe(0)
  })

  it('drops the old value when its replacement does not fit', () => {
    const store = createStore(100)
    store.insert(1, 60, Infinity, 0)
    expect(store.insert(1, 101, Infinity, 0)).toBe(-1)
    expect(store.find(1)).toBe(-1)
    expect(store.usedBytes).toBe(0)
  })

  it('replaces a value by one of another size without counting an eviction', () => {
    const store = createStore(100)
    store.insert(1, 60, 5, 0)
    store.insert(2, 40, 6, 0)
    const entry = store.insert(1, 20, 7, 0)
    expect(store.keyOf(entry)).toBe(1)
    expect(store.sizeBytes(entry)).toBe(20)
    expect(store.expiresAtNs(entry)).toBe(7)
    expect(store.usedBytes).toBe(60)
    expect(store.evictions).toBe(0)
  })

  it('keeps expired entries until it is told otherwise, and their expiry can be moved', () => {
    const store = createStore(100)
    const entry = store.insert(1, 10, 5, 0)
    expect(store.find(1)).toBe(entry)
    store.setExpiry(entry, 9)
    expect(store.expiresAtNs(entry)).toBe(9)
  })

  it('never evicts for lack of entries when every key fits', () => {
    const store = lru.create({ capacity: { entries: 10_000_000 }, universe: 3000, stream })
    for (let key = 0; key < 3000; key++) store.insert(key, 1, Infinity, 0)
    expect(store.length).toBe(3000)
    expect(store.evictions).toBe(0)
  })

  it.each([{ entries: 0 }, { bytes: 0 }])('demands a capacity of at least one (%o)', (capacity) => {
    expect(() => lru.create({ capacity, universe: 10, stream })).toThrow('room for one')
  })

  it('demands a universe that fits an index', () => {
    expect(() => lru.create({ capacity: { entries: 1 }, universe: 0, stream })).toThrow('universe')
  })
})
