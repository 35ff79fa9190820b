// The background search for entries that are too old.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ActiveExpiry } from '../../../../sim-core/components/cache/active-expiry.ts'
import type { EvictionStore } from '../../../../sim-core/components/cache/eviction/eviction.ts'
import { lru } from '../../../../sim-core/components/cache/eviction/lru.ts'
import { Frames } from '../../../../sim-core/kernel/frames.ts'
import { Kernel } from '../../../../sim-core/kernel/kernel.ts'
import { RandomStreams } from '../../../../sim-core/kernel/random.ts'

const SECOND = 1e9

function setUp(livesS: readonly number[], keepsSome = false) {
  const kernel = new Kernel(new Frames(1, 0))
  const streams = new RandomStreams(1, 0)
  const universe = Math.max(1, livesS.length)
  const store = lru.create({ capacity: { entries: universe }, universe, stream: streams.stream('eviction') })
  const expiry = new ActiveExpiry(kernel, streams.stream('expiry'), [undefined, store], keepsSome)
  for (const [key, lifeS] of livesS.entries()) {
    const entry = store.insert(key, 1, Math.round(lifeS * SECOND), 0)
    if (keepsSome && lifeS < Infinity) expiry.added(1, entry)
  }
  expiry.wait()
  return { kernel, store, expiry }
}

/** Entries whose life is over. */
function stale(store: EvictionStore, livesS: readonly number[], nowNs: number): number {
  return livesS.filter((lifeS, key) => store.find(key) >= 0 && lifeS * SECOND <= nowNs).length
}

test('cycles go on while samples are stale, and bring what is too old down to a small share', () => {
  const lives = Array.from({ length: 10_000 }, (_, key) => (key % 2 === 0 ? 0.05 : 100))
  const { kernel, store, expiry } = setUp(lives)
  kernel.step(1)
  expect(kernel.nowNs).toBe(SECOND / 10)
  expect(stale(store, lives, kernel.nowNs) / store.length).toBeLessThan(0.45)
  expect(store.length + expiry.removed).toBe(10_000)
  for (let cycle = 0; cycle < 50; cycle++) kernel.step(1)
  expect(stale(store, lives, kernel.nowNs) / store.length).toBeLessThan(0.2)
})

test('nothing is removed before its time, and cycles go on, ten a second, until nothing is left', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 3, noNaN: true }), { maxLength: 200 }), (lives) => {
      const { kernel, store, expiry } = setUp(lives)
      let cycles = 0
      while (kernel.step(1)) {
        cycles++
        const alive = lives.filter((lifeS) => Math.round(lifeS * SECOND) > kernel.nowNs).length
        expect(store.length).toBeGreaterThanOrEqual(alive)
        expect(kernel.nowNs).toBe((cycles * SECOND) / 10)
      }
      expect([store.length, expiry.removed]).toEqual([0, lives.length])
    }),
    { numRuns: 30 },
  )
})

test('entries that live for ever are not looked at: the few that do not are gone as soon as they may be', () => {
  const lives = Array.from({ length: 100_000 }, (_, key) => (key % 1000 === 0 ? 0.05 : Infinity))
  const { kernel, store, expiry } = setUp(lives, true)
  kernel.step(1)
  expect([store.length, expiry.removed]).toEqual([99_900, 100])
  // Nothing is left that expires, so nothing is waited for.
  expect(kernel.step(1)).toBe(false)
})

test('entries that left otherwise, or came back to live for ever, are forgotten', () => {
  const operation = fc.record({ key: fc.nat(30), kind: fc.constantFrom('mortal', 'lasting', 'remove', 'clear') })
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 300 }), (operations) => {
      const { kernel, store, expiry } = setUp(Array<number>(31).fill(Infinity), true)
      for (const { key, kind } of operations) {
        const entry = store.find(key)
        if (kind === 'clear') store.clear()
        else if (kind !== 'remove') {
          const expiresAtNs = kind === 'mortal' ? SECOND / 2 : Infinity
          const added = store.insert(key, 1, expiresAtNs, 0)
          if (kind === 'mortal') expiry.added(1, added)
        } else if (entry >= 0) store.remove(entry)
      }
      const keys = Array.from({ length: 31 }, (_, key) => key).filter((key) => store.find(key) >= 0)
      const lasting = keys.filter((key) => store.expiresAtNs(store.find(key)) === Infinity)
      while (kernel.step(1));
      expect(keys.filter((key) => store.find(key) >= 0)).toEqual(lasting)
      expect(expiry.removed).toBe(keys.length - lasting.length)
    }),
    { numRuns: 100 },
  )
})
