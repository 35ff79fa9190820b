// All key indices behave like a map, and the choice between two of them follows the share of keys that can be resident.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DenseIndex } from '../../../../../sim-core/components/cache/eviction/dense-index.ts'
import { HashIndex } from '../../../../../sim-core/components/cache/eviction/hash-index.ts'
import { createKeyIndex, type KeyIndex } from '../../../../../sim-core/components/cache/eviction/key-index.ts'
import { MarkedIndex } from '../../../../../sim-core/components/cache/eviction/marked-index.ts'

const ENTRIES = 24
const UNIVERSE = 200

/** Replays toggles (absent key: add, present key: delete) against a Map and compares every key after each. */
function behavesLikeMap(index: KeyIndex, keys: readonly number[], asked: readonly number[]): void {
  const model = new Map<number, number>()
  for (const [step, key] of keys.entries()) {
    if (model.has(key)) {
      index.delete(key)
      model.delete(key)
    } else if (model.size < ENTRIES) {
      index.add(key, step)
      model.set(key, step)
    }
    for (const each of asked) expect(index.find(each)).toBe(model.get(each) ?? -1)
  }
  index.clear()
  for (const each of asked) expect(index.find(each)).toBe(-1)
}

describe.each([
  ['dense', () => new DenseIndex(UNIVERSE)],
  ['marked', () => new MarkedIndex(UNIVERSE)],
  ['hash', () => new HashIndex(ENTRIES)],
])('%s index', (_name, create) => {
  it('finds exactly what was added and not deleted', () => {
    const everyKey = Array.from({ length: UNIVERSE }, (_, key) => key)
    fc.assert(
      fc.property(fc.array(fc.nat(UNIVERSE - 1), { maxLength: 120 }), (keys) =>
        behavesLikeMap(create(), keys, everyKey),
      ),
      { numRuns: 60 },
    )
  })
})

describe('hash index', () => {
  it('takes keys up to 2^31 - 1, and keys that collide in runs over the end of the table', () => {
    const key = fc.oneof(
      fc.integer({ min: 2 ** 31 - 40, max: 2 ** 31 - 1 }),
      fc.nat(20).map((n) => n * 2 ** 20),
    )
    fc.assert(
      fc.property(fc.array(key, { maxLength: 120 }), (keys) => behavesLikeMap(new HashIndex(ENTRIES), keys, keys)),
      { numRuns: 60 },
    )
  })

  it('is full at the number of entries asked for and still answers', () => {
    const index = new HashIndex(1000)
    for (let key = 0; key < 1000; key++) index.add(key * 7919, key)
    for (let key = 0; key < 1000; key++) expect(index.find(key * 7919)).toBe(key)
    expect(index.find(1)).toBe(-1)
  })
})

describe('the choice of index', () => {
  it.each([
    [65_536, 10, DenseIndex],
    [4_000_000, 1_000_000, DenseIndex],
    [4_000_001, 1_000_000, HashIndex],
    [65_537, 10, HashIndex],
  ])('universe %d, %d entries', (universe, entries, kind) => {
    expect(createKeyIndex(universe, entries)).toBeInstanceOf(kind)
  })
})
