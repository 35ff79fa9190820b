// Reads and writes through a cache, run as programs on a real kernel.
import { describe, expect, test } from 'vitest'
import { cacheComponent } from '../../../../sim-core/components/cache/cache.component.ts'
import type { CacheSpec } from '../../../../sim-core/components/cache/cache.schema.ts'
import type { CacheTierSpec } from '../../../../sim-core/components/cache/tier.schema.ts'
import { redisSlotOfDecimal } from '../../../../sim-core/hashing/crc16.ts'
import type { ParsedStep } from '../../../../sim-core/language/schema-context.ts'
import { ComponentHarness, constant, SERVICE } from '../../../support/component-harness.ts'
import type { HarnessOptions } from '../../../support/component-harness.ts'

const MS = 1_000_000
/** Time that the steps of a miss take. */
const MISS = 10 * MS

const shared: CacheTierSpec = { name: 'redis', scope: 'shared', capacity: { entries: 100 }, eviction: 'lru', nodes: 1 }
const local: CacheTierSpec = { ...shared, name: 'process', scope: 'replica' }

const read: ParsedStep = {
  word: 'read',
  spec: { cache: 'cache', key: 'products', miss: [{ word: 'delay', spec: MISS }] },
}
const write: ParsedStep = {
  word: 'write',
  spec: { cache: 'cache', key: 'products', store: [{ word: 'delay', spec: MISS }] },
}

function harness(
  tiers: readonly CacheTierSpec[],
  spec: Partial<CacheSpec> = {},
  options: Partial<HarnessOptions> = {},
): ComponentHarness {
  const cache: CacheSpec = { strategy: 'cache_aside', stampede: { kind: 'none' }, tiers, ...spec }
  return new ComponentHarness({
    components: [{ definition: cacheComponent, id: 'cache', spec: cache }],
    populations: [
      { id: 'products', count: 1000 },
      { id: 'users', count: 1000 },
    ],
    programs: { main: [read], write: [write] },
    instances: 2,
    ...options,
  })
}

/** Time that each request took, in ms, in the order in which they ended. */
function timesMs(run: ComponentHarness): readonly number[] {
  return run.run().map(({ startNs, endNs }) => (endNs - startNs) / MS)
}

describe('a read', () => {
  test('misses until the key is there, and hits from then on', () => {
    const run = harness([shared])
    run.arrive(0, { keys: [7] })
    run.arrive(5 * MS, { keys: [7] })
    run.arrive(20 * MS, { keys: [7] })
    run.arrive(20 * MS, { keys: [8] })
    expect(timesMs(run)).toEqual([10, 10, 0, 10])
    expect([run.metric('cache', 'hits'), run.metric('cache', 'misses')]).toEqual([1, 3])
    expect([run.metric('cache', 'redis.hits'), run.metric('cache', 'redis.misses')]).toEqual([1, 3])
    expect([run.metric('cache', 'redis.entries'), run.metric('cache', 'redis.fills')]).toEqual([2, 3])
  })

  test('finds the key of its own population', () => {
    const users: ParsedStep = {
      word: 'read',
      spec: { cache: 'cache', key: 'users', miss: [{ word: 'delay', spec: MISS }] },
    }
    const run = harness([shared], {}, { programs: { main: [read], users: [users] } })
    run.arrive(0, { keys: [7, 7] })
    run.arrive(20 * MS, { program: 'users', keys: [7, 7] })
    run.arrive(40 * MS, { program: 'users', keys: [7, 7] })
    expect(timesMs(run)).toEqual([10, 10, 0])
  })

  test('pays the way to every tier that it asks', () => {
    const run = harness([
      { ...local, latencyNs: constant(MS) },
      { ...shared, latencyNs: constant(2 * MS) },
    ])
    run.arrive(0, { keys: [7] })
    run.arrive(20 * MS, { keys: [7] })
    const outcomes = run.run()
    expect(outcomes.map(({ startNs, endNs }) => (endNs - startNs) / MS)).toEqual([13, 1])
    expect(outcomes.map(({ networkNs }) => networkNs / MS)).toEqual([2, 0])
  })

  test('that a slower tier answers fills the faster one', () => {
    const run = harness([{ ...local, ttlNs: 50 * MS }, shared])
    run.arrive(0, { keys: [7], instance: 0 })
    run.arrive(20 * MS, { keys: [7], instance: 1 })
    run.arrive(30 * MS, { keys: [7], instance: 1 })
    run.run()
    expect(run.metric('cache', 'process.hits')).toBe(1)
    expect(run.metric('cache', 'redis.hits')).toBe(1)
    expect(run.metric('cache', 'process.fills')).toBe(2)
    expect(run.metric('cache', 'misses')).toBe(1)
  })

  test('finds nothing where the key expired at its end of life', () => {
    const run = harness([{ ...shared, ttlNs: 100 * MS }])
    run.arrive(0, { keys: [7] })
    run.arrive(110 * MS - 1, { keys: [7] })
    run.arrive(110 * MS, { keys: [7] })
    expect(timesMs(run)).toEqual([10, 0, 10])
    expect(run.metric('cache', 'redis.expiries')).toBe(1)
    expect(run.metric('cache', 'redis.evictions')).toBe(0)
  })

  test('spreads lives by the jitter, evenly and within its bounds', () => {
    const run = harness([{ ...shared, capacity: { entries: 1000 }, ttlNs: 100 * MS, ttlJitterRatio: 0.2 }])
    for (let key = 0; key < 400; key++) {
      run.arrive(0, { keys: [key] })
      for (const at of [89, 100, 109]) run.arrive(at * MS, { keys: [key], label: String(at) })
      run.arrive(131 * MS, { keys: [key], label: '131' })
    }
    const hits = (label: string): number =>
      run.outcomes.filter((outcome) => outcome.label === label && outcome.endNs === outcome.startNs).length
    run.run()
    expect(hits('89')).toBe(400)
    expect(Math.abs(hits('109') - hits('89') * 0.525)).toBeLessThan(50)
    expect(hits('131')).toBe(400 - hits('109'))
  })

  test('fails with the steps of its miss and fills nothing', () => {
    const failing: ParsedStep = {
      word: 'read',
      spec: { cache: 'cache', key: 'products', miss: [{ word: 'fail', spec: 2 }] },
    }
    const run = harness([shared], {}, { programs: { main: [failing] } })
    run.arrive(0, { keys: [7] })
    expect(run.run()[0]).toMatchObject({ cause: 'failed' })
    expect(run.metric('cache', 'redis.entries')).toBe(0)
  })
})

describe('a write', () => {
  test('takes the key out of every tier and every instance, after its steps', () => {
    const run = harness([local, shared])
    run.arrive(0, { keys: [7], instance: 0 })
    run.arrive(20 * MS, { keys: [7], instance: 1 })
    run.arrive(40 * MS, { keys: [7], program: 'write', label: 'write' })
    run.arrive(45 * MS, { keys: [7], instance: 1, label: 'before' })
    run.arrive(55 * MS, { keys: [7], instance: 1, label: 'after' })
    const outcomes = run.run()
    const took = (label: string): number => {
      const { startNs, endNs } = outcomes.find((outcome) => outcome.label === label)!
      return (endNs - startNs) / MS
    }
    expect([took('write'), took('before'), took('after')]).toEqual([10, 0, 10])
    expect(run.metric('cache', 'process.entries')).toBe(1)
  })
})

describe('the own tier of an instance', () => {
  /** Ten keys in the tiers of both instances, of which the first one ends. */
  function ended(died: boolean): ComponentHarness {
    const run = harness([local])
    for (let key = 0; key < 10; key++) for (const instance of [0, 1]) run.arrive(0, { keys: [key], instance })
    run.at(20 * MS, () => run.model('cache').instanceEnded!(SERVICE, 0, died))
    return run
  }

  test.each([true, false])('is gone with it, and takes nothing any more (died: %s)', (died) => {
    const run = ended(died)
    // This load is on its way when its instance ends.
    run.arrive(15 * MS, { keys: [10], instance: 0 })
    run.run()
    expect([run.metric('cache', 'process.entries'), run.metric('cache', 'process.fills')]).toEqual([10, 20])
    expect(run.metric('cache', 'process.bytes')).toBe(10)
  })

  test('is there again with the next one, empty', () => {
    const run = ended(true)
    run.at(40 * MS, () => run.model('cache').instanceStarted!(SERVICE, 0))
    for (const atMs of [50, 70]) run.arrive(atMs * MS, { keys: [3] })
    expect(timesMs(run).slice(-2)).toEqual([10, 0])
    expect(run.metric('cache', 'process.entries')).toBe(11)
  })

  test('that is gone has nothing left for a write to take out', () => {
    const run = ended(true)
    run.arrive(30 * MS, { keys: [3], instance: 1, program: 'write' })
    run.run()
    expect(run.metric('cache', 'invalidations')).toBe(1)
  })
})

describe('room', () => {
  test('in entries is that of the eviction policy', () => {
    const run = harness([{ ...shared, capacity: { entries: 2 } }])
    for (const [turn, key] of [1, 2, 1, 3, 1, 2].entries()) run.arrive(turn * 20 * MS, { keys: [key] })
    expect(timesMs(run)).toEqual([10, 10, 0, 10, 0, 10])
    expect(run.metric('cache', 'redis.evictions')).toBe(2)
  })

  test('in bytes counts sizes, which are the same for a key whenever it comes in', () => {
    const sizeBytes = { type: 'exponential', mean: 1000 } as const
    const populations = [{ id: 'products', count: 1000, sizeBytes }]
    const bytesOf = (keys: readonly number[]): number => {
      const run = harness([{ ...shared, capacity: { bytes: 1e9 } }], {}, { populations })
      for (const [turn, key] of keys.entries()) run.arrive(turn, { keys: [key] })
      run.run()
      return run.metric('cache', 'redis.bytes')
    }
    const all = Array.from({ length: 1000 }, (_, key) => key)
    expect(bytesOf([3, 4, 5])).toBe(bytesOf([5, 3, 4]))
    expect(bytesOf([3, 4])).toBe(bytesOf([3]) + bytesOf([4]))
    expect(bytesOf([3])).not.toBe(bytesOf([4]))
    expect(Math.abs(bytesOf(all) / 1e6 - 1)).toBeLessThan(0.1)
  })

  test('is divided between nodes by hash slot, each with the whole room', () => {
    const run = harness([{ ...shared, nodes: 3, capacity: { entries: 200 }, servers: 1, demandNs: constant(MS) }])
    const visits = [0, 0, 0]
    for (let key = 0; key < 600; key++) {
      const node = Math.floor((redisSlotOfDecimal(key) * 3) / 16_384)
      visits[node] = visits[node]! + 1
      run.arrive(key * 20 * MS, { keys: [key] })
    }
    run.run()
    expect(visits.map((_, node) => run.station('cache', `redis.node[${node}]`).visits)).toEqual(visits)
    expect(run.metric('cache', 'redis.entries')).toBe(visits.reduce((sum, count) => sum + Math.min(200, count), 0))
  })

  test('of a node serves so many operations at a time', () => {
    const run = harness([{ ...shared, servers: 1, demandNs: constant(2 * MS) }])
    run.arrive(0, { keys: [7] })
    run.arrive(0, { keys: [8] })
    const outcomes = run.run()
    expect(outcomes.map(({ endNs, queueNs }) => [endNs / MS, queueNs / MS])).toEqual([
      [12, 0],
      [14, 2],
    ])
  })
})

describe('the start', () => {
  test('finds the most popular keys loaded, the first one most recent', () => {
    const run = harness([{ ...shared, capacity: { entries: 3 } }], {
      warm: { kind: 'all', amount: { kind: 'count', count: 5 } },
    })
    run.arrive(0, { keys: [0], label: 'hit' })
    run.arrive(1, { keys: [2], label: 'hit' })
    run.arrive(2, { keys: [3], label: 'miss' })
    run.arrive(20 * MS, { keys: [1], label: 'evicted' })
    const outcomes = run.run()
    expect(outcomes.map(({ label, startNs, endNs }) => [label, endNs > startNs])).toEqual([
      ['hit', false],
      ['hit', false],
      ['miss', true],
      ['evicted', true],
    ])
    expect(run.metric('cache', 'redis.evictions')).toBe(2)
  })

  test('takes amounts by population', () => {
    const amounts = { products: { kind: 'share', ratio: 0.01 } } as const
    const run = harness([{ ...local, capacity: { entries: 1000 } }], { warm: { kind: 'by_population', amounts } })
    for (const key of [9, 10]) run.arrive(0, { keys: [key], instance: 1 })
    expect(timesMs(run)).toEqual([0, 10])
  })

  test.each([
    ['event', 10, 0],
    ['none', 0, 1],
  ] as const)('misses no write before an instance first asks (invalidation: %s)', (kind, tookMs, stale) => {
    const run = harness([local], {
      warm: { kind: 'all', amount: { kind: 'count', count: 5 } },
      invalidation: { kind },
    })
    for (const instance of [0, 1]) run.model('cache').instanceStarted!(SERVICE, instance)
    run.arrive(0, { keys: [3], instance: 0, program: 'write' })
    run.arrive(20 * MS, { keys: [3], instance: 1 })
    expect(timesMs(run)).toEqual([10, tookMs])
    expect(run.metric('cache', 'stale')).toBe(stale)
    expect(run.metric('cache', 'process.entries')).toBe(kind === 'none' ? 10 : 9)
  })

  test('of a new instance is cold', () => {
    const run = harness([local], { warm: { kind: 'all', amount: { kind: 'share', ratio: 1 } } })
    run.arrive(0, { keys: [0], instance: 0 })
    for (const instance of [0, 1]) run.at(MS, () => run.model('cache').instanceStarted!(SERVICE, instance))
    for (const instance of [0, 1]) run.arrive(2 * MS, { keys: [0], instance })
    expect(timesMs(run)).toEqual([0, 10, 10])
  })
})
