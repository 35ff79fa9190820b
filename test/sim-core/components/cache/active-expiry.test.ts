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

function setUp(livesS: readonly number[]) {
  const kernel = new Kernel(new Frames(1, 0))
  const streams = new RandomStreams(1, 0)
  const universe = Math.max(1, livesS.length)
  const store = lru.create({ capacity: { entries: universe }, universe, stream: streams.stream('eviction') })
  for (const [key, lifeS] of livesS.entries()) store.insert(key, 1, Math.round(lifeS * SECOND), 0)
  const expiry = new ActiveExpiry(kernel, streams.stream('expiry'), [undefined, store])
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
