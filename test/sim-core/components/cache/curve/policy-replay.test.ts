// Misses of policies over traces: in entries and in bytes, with the bound first.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessTrace } from '../../../../../sim-core/components/cache/curve/access-trace.ts'
import { AccessCollector, footprint } from '../../../../../sim-core/components/cache/curve/access-trace.ts'
import { countMisses, curvePolicies, OPT } from '../../../../../sim-core/components/cache/curve/policy-replay.ts'
import { curveSizes } from '../../../../../sim-core/components/cache/curve/curve-sizes.ts'

const ids = curvePolicies.map(({ id }) => id)

function traceOf(keys: readonly number[], sizeBytes?: (key: number) => number): AccessTrace {
  const collector = new AccessCollector(false)
  for (const key of keys) collector.add(key, 0)
  return collector.trace(1 + Math.max(0, ...keys), 1, sizeBytes)
}

function misses(trace: AccessTrace, policy: string, capacities: readonly number[]): number[] {
  return [...countMisses(trace, policy, capacities, 7, () => {})]
}

const requests = fc.array(fc.nat(25), { minLength: 1, maxLength: 300 })

it('lists the bound first, then every policy once', () => {
  expect(ids[0]).toBe(OPT)
  expect(ids).toContain('lru')
  expect(new Set(ids).size).toBe(ids.length)
})

describe('a trace', () => {
  it('has dense keys in the order in which they came, their sizes and their times', () => {
    const collector = new AccessCollector(true)
    for (const [index, key] of [70, 3, 70, 12].entries()) collector.add(key, 10 * index)
    const trace = collector.trace(100, 5, (key) => 2 * key)
    expect([...trace.keys]).toEqual([0, 1, 0, 2])
    expect(trace.universe).toBe(3)
    expect([...trace.sizesBytes!]).toEqual([140, 6, 24])
    expect([...trace.timesNs!]).toEqual([0, 10, 20, 30])
    expect(footprint(trace)).toBe(170)
    expect(footprint(traceOf([1, 1, 4]))).toBe(2)
  })

  it('keeps what was collected when it grows', () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => (index * 7) % 5003)
    const trace = traceOf(keys)
    expect(trace.universe).toBe(5003)
    expect(trace.keys[12_345]).toBe(trace.keys[12_345 - 5003])
  })
})

describe.each(ids)('%s', (policy) => {
  it('misses every key once when there is room for all, and no policy misses less than the bound', () => {
    fc.assert(
      fc.property(requests, (keys) => {
        const trace = traceOf(keys)
        const sizes = [2, 5, 9, trace.universe]
        const found = misses(trace, policy, sizes)
        // Memcached keeps a part of its room free, and segments of equal size do not use up what is no multiple of them.
        const most = /^memcached|^slru$/u.test(policy) ? keys.length : trace.universe
        expect(found[3]).toBeLessThanOrEqual(most)
        // Who may refuse a key is like one with room for one more entry.
        const bound = misses(trace, OPT, [3, 6, 10])
        for (const [index, fewest] of bound.entries()) expect(found[index]).toBeGreaterThanOrEqual(fewest)
      }),
      { numRuns: 20 },
    )
  })
})

it.each(['opt', 'lru', 'fifo', 'lfu', 'clock', 'sieve', 'slru', 'two_q', 'lru_k', 's3_fifo', 'qdlp'])(
  '%s misses in bytes as in entries when all values have one size',
  (policy) => {
    const keys = Array.from({ length: 5_000 }, (_, index) => (index * index * (1 + (index >> 5))) % 211)
    const inBytes = traceOf(keys, () => 100)
    expect(misses(inBytes, policy, [2_000, 8_000])).toEqual(misses(traceOf(keys), policy, [20, 80]))
  },
)

it('a value larger than the cache misses always and disturbs nothing', () => {
  const keys = [0, 9, 0, 1, 9, 0, 1, 9, 0, 1]
  const trace = traceOf(keys, (key) => (key === 9 ? 1_000 : 10))
  for (const policy of ['opt', 'lru', 'sieve', 'arc']) expect(misses(trace, policy, [20])).toEqual([3 + 2])
  expect(misses(trace, 'lru', [20, 1_020])).toEqual([5, 3])
})

describe('marks', () => {
  /** Requests 10 ns apart; odd keys are marks that last 25 ns. */
  function marked(keys: readonly number[], sizeBytes?: (key: number) => number): AccessTrace {
    const collector = new AccessCollector(false)
    for (const key of keys) collector.add(key, 0)
    return collector.trace(10, 10, sizeBytes, { has: (key) => key % 2 === 1, lifeNs: 25 })
  }

  it.each(ids)('%s misses when a mark is too old, and values stay', (policy) => {
    // Marks of 1 come in at 0 and at 40 ns; the request at 70 ns finds the second one too old again.
    const keys = [1, 2, 1, 2, 1, 2, 2, 1]
    const room = policy.startsWith('memcached') || policy === 'slru' ? 64 : 4
    expect(misses(marked(keys), policy, [room])).toEqual([4])
    expect(
      misses(
        marked(keys, () => 10),
        policy,
        [10 * room],
      ),
    ).toEqual([4])
    expect(misses(traceOf(keys), policy, [room])).toEqual([2])
  })

  it('take room like values until they are found too old', () => {
    // The mark of 1 is old at 30 ns, but pushes 2 out at 20 ns for it is the more recent one then.
    expect(misses(marked([2, 1, 4, 2]), 'lru', [2])).toEqual([4])
    expect(misses(marked([2, 4, 2, 4]), 'lru', [2])).toEqual([2])
  })

  it('are left away where no key that occurs is one', () => {
    expect(marked([2, 4]).marks).toBeUndefined()
    expect([...marked([2, 1, 4, 3]).marks!.isMark]).toEqual([0, 1, 0, 1])
  })
})

it.each(ids)('%s has nothing to miss in a trace without requests', (policy) => {
  expect(misses(traceOf([]), policy, [5])).toEqual([0])
})

it('tells how many sizes are done', () => {
  const told: number[] = []
  countMisses(traceOf([1, 2, 1]), 'fifo', [1, 2], 1, (done) => told.push(done))
  countMisses(traceOf([1, 2, 1]), 'lru', [1, 2], 1, (done) => told.push(done))
  expect(told).toEqual([1, 2, 2])
})

it('sizes go from a thousandth to everything, evenly on a logarithmic scale, with the marked ones among them', () => {
  const sizes = curveSizes(1_000_000, [123, 5_000_000])
  expect(sizes).toHaveLength(22)
  expect(sizes).toContain(123)
  expect(sizes.at(-1)).toBe(5_000_000)
  const spaced = sizes.filter((size) => size !== 123 && size !== 5_000_000)
  expect([spaced[0], spaced.at(-1)]).toEqual([1_000, 1_000_000])
  for (const [index, size] of spaced.slice(1).entries()) expect(size / spaced[index]!).toBeCloseTo(1000 ** (1 / 19), 2)
  expect(curveSizes(3, [])).toEqual([1, 2, 3])
})

describe('policies that evict only what expires', () => {
  // Two of three requests are for one of the keys of today, ten at a time, and tomorrow for others.
  const days = Array.from({ length: 6000 }, (_, at) =>
    at % 3 === 0 ? 100 + (at % 389) : 10 * Math.floor(at / 1000) + (at % 10),
  )
  const traces = [traceOf(days), traceOf(days, () => 100)] as const
  const missesOf = (policy: string): readonly number[] =>
    traces.map((trace) => misses(trace, policy, [trace.sizesBytes === undefined ? 30 : 3000])[0]!)

  it.each(['lru', 'lfu', 'random'])(
    'replay redis_volatile_%s as if every key had a TTL: as the one for all keys',
    (rule) => {
      const all = missesOf(`redis_allkeys_${rule}`)
      for (const [index, found] of missesOf(`redis_volatile_${rule}`).entries()) {
        expect(Math.abs(found / all[index]! - 1)).toBeLessThan(0.1)
      }
    },
  )

  it('replay redis_volatile_ttl as if all had the same TTL: what came first goes first', () => {
    const [fifo] = missesOf('fifo')
    for (const found of missesOf('redis_volatile_ttl')) expect(Math.abs(found / fifo! - 1)).toBeLessThan(0.1)
  })
})
