// LRU evicts the least recently accessed entry, request by request as a plain list would.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lru } from '../../../../../sim-core/components/cache/eviction/lru.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const stream = new RandomStreams(1, 0).stream('test/eviction')

/** The textbook model: keys in an array, most recent last. */
class ListLru {
  readonly keys: number[] = []
  readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get(key: number): boolean {
    const position = this.keys.indexOf(key)
    if (position >= 0) this.keys.splice(position, 1)
    else if (this.keys.length === this.capacity) this.keys.shift()
    this.keys.push(key)
    return position >= 0
  }

  remove(key: number): void {
    const position = this.keys.indexOf(key)
    if (position >= 0) this.keys.splice(position, 1)
  }
}

describe('lru', () => {
  it('hits exactly when a list ordered by last access does, removals included', () => {
    const step = fc.record({ key: fc.nat(30), remove: fc.boolean() })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 200 }), (capacity, steps) => {
        const model = new ListLru(capacity)
        const store = lru.create({ capacity: { entries: capacity }, universe: 31, stream })
        for (const { key, remove } of steps) {
          const entry = store.find(key)
          if (remove) {
            if (entry >= 0) store.remove(entry)
            model.remove(key)
            continue
          }
          expect(entry >= 0).toBe(model.get(key))
          if (entry >= 0) store.touch(entry, 0)
          else store.insert(key, 1, Infinity, 0)
        }
      }),
    )
  })

  it('counts replacing a resident key as an access', () => {
    const store = lru.create({ capacity: { entries: 2 }, universe: 3, stream })
    store.insert(0, 1, Infinity, 0)
    store.insert(1, 1, Infinity, 0)
    store.insert(0, 1, 5, 0)
    store.insert(2, 1, Infinity, 0)
    expect(store.find(1)).toBe(-1)
    expect(store.expiresAtNs(store.find(0))).toBe(5)
  })

  it('keeps its order while the store grows beyond its first entries', () => {
    const entries = 5000
    const store = lru.create({ capacity: { entries }, universe: 1_000_000, stream })
    for (let key = 0; key < entries; key++) store.insert(key * 200, 1, Infinity, 0)
    store.touch(store.find(0), 0)
    store.insert(7, 1, Infinity, 0)
    expect(store.find(0)).toBeGreaterThanOrEqual(0)
    expect(store.find(200)).toBe(-1)
    expect(store.length).toBe(entries)
  })
})
