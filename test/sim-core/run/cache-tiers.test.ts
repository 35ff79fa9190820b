// Whole runs of caches whose tiers take some values only, forget entries, and remember what the source lacks.
import { describe, expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { cacheText } from './cache-text.ts'
import type { CacheText } from './cache-text.ts'
import type { ObservedRun } from './observed-run.ts'
import { observe } from './observed-run.ts'

/** What is asked of the one cache of a run, whose id is `store`. */
interface StoreRun {
  readonly total: (metric: string) => number
  readonly values: (metric: string) => readonly number[]
  readonly seen: ObservedRun
}

function run(parts: CacheText, seed = 1): StoreRun {
  const seen = observe(cacheText(parts), { seed })
  return { total: (metric) => seen.total('store', metric), values: (metric) => seen.values('store', metric), seen }
}

/** Most values of a gauge in the second half of a run, on average. */
function meanOf(values: readonly number[]): number {
  const half = values.slice(values.length / 2)
  return half.reduce((sum, value) => sum + value, 0) / half.length
}

describe('placement', () => {
  const tiers = (accepts: string): string =>
    `{ tiers: [ { name: near, scope: replica, capacity: 1000, latency: 1ms, accepts: ${accepts} }, { name: redis, capacity: 1000, latency: 2ms } ] }`

  test('by popularity: only the hottest keys are there, and only they are asked for there', () => {
    const { total, values, seen } = run({ cache: tiers('{ hottest: 5% }'), run: 'duration: 20s, bucket: 1s' })
    expect(values('near.entries').at(-1)).toBe(50)
    const asked = total('near.hits') + total('near.misses')
    expect(Math.abs(asked / seen.requests.length - 0.05)).toBeLessThan(0.01)
    expect(total('near.not_accepted')).toBeGreaterThan(8000)
    const times = seen.requests.map(({ startMs, endMs }) => Math.round(endMs - startMs))
    expect([...new Set(times.filter((time) => !Number.isNaN(time)))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4])
  })

  test('by size: what is too large has to be asked for, and never is there', () => {
    const keys = '{ products: { count: 1000, size: uniform(1KB, 3KB) } }'
    const { total, values, seen } = run({ cache: tiers('{ size: 2KB }'), keys })
    expect(Math.abs(values('near.entries').at(-1)! / 1000 - 0.5)).toBeLessThan(0.05)
    expect(values('near.bytes').at(-1)!).toBeLessThan(values('near.entries').at(-1)! * 2048)
    const asked = total('near.hits') + total('near.misses')
    expect(asked).toBeGreaterThan(seen.requests.length - 5)
  })

  test('by population: the others go by, and a lock reaches as far as their slowest tier', () => {
    const steps =
      '{ read: { cache: store, key: products, miss: { delay: 10ms } } }, { read: { cache: store, key: users, miss: { delay: 10ms } } }'
    const cache = `{ stampede: lock, tiers: [ { name: near, scope: replica, capacity: 1000 }, { name: redis, capacity: 1000, accepts: { keys: [products] } } ] }`
    const keys = '{ products: { count: 1 }, users: { count: 1 } }'
    const service = 'replicas: 2, balancer: round_robin'
    const { total, values } = run({ cache, keys, steps, service, traffic: 'rate: 1000/s' })
    expect(values('redis.entries').at(-1)).toBe(1)
    expect(values('near.entries').at(-1)).toBe(4)
    expect(total('redis.not_accepted')).toBe(0)
    expect(total('misses')).toBe(3)
  })
})

describe('expiry', () => {
  /** Shares of requests by rank, for Zipf's law. */
  const COUNT = 3000
  const EXPONENT = 0.8
  const RATE = 200
  const TTL_S = 10
  const weights = Array.from({ length: COUNT }, (_, rank) => (rank + 1) ** -EXPONENT)
  const sum = weights.reduce((total, weight) => total + weight, 0)
  /** A key lives for `ttl` after it was read in vain, then waits for the next read: alive for λT / (1 + λT) of the time. */
  const alive = weights.reduce((total, weight) => {
    const reads = (RATE * TTL_S * weight) / sum
    return total + reads / (1 + reads)
  }, 0)
  const entries = (expiry: string): StoreRun =>
    run({
      run: 'duration: 200s, bucket: 1s',
      keys: `{ products: { count: ${COUNT}, popularity: zipf(${EXPONENT}) } }`,
      traffic: `rate: ${RATE}/s`,
      cache: `{ tiers: [ { name: redis, capacity: 10000, ttl: ${TTL_S}s, ${expiry} } ] }`,
    })

  test('active keeps little more than what is alive, lazy keeps what was ever read', () => {
    const active = entries('expiry: active')
    const lazy = entries('expiry: lazy')
    const kept = meanOf(active.values('redis.entries'))
    expect(kept / alive).toBeGreaterThan(1)
    expect(kept / alive).toBeLessThan(1.2)
    expect(meanOf(lazy.values('redis.entries')) / alive).toBeGreaterThan(2)
    expect(active.total('redis.active_expiries')).toBeGreaterThan(active.total('redis.expiries'))
    expect(active.total('hits')).toBe(lazy.total('hits'))
  })
})

describe('keys that the source lacks', () => {
  const keys = '{ products: { count: 1000, missing: 20% } }'
  const negative = (more: string): StoreRun =>
    run({ keys, cache: `{ tiers: [ { name: redis, capacity: 10MB } ], ${more} }`, run: 'duration: 60s, bucket: 1s' })

  test('are never kept unless that is asked for', () => {
    const { total, values } = negative('stampede: none')
    const missing = 1 - values('redis.entries').at(-1)! / 1000
    expect(Math.abs(missing - 0.2)).toBeLessThan(0.04)
    const misses = values('misses').slice(30)
    const ratio = misses.reduce((all, each) => all + each, 0) / (500 * misses.length)
    expect(Math.abs(ratio - missing)).toBeLessThan(0.02)
    expect(total('redis.fills')).toBeLessThan(1000)
  })

  test('are remembered for the time given, in little room', () => {
    const { total, values } = negative('negative: 10s')
    const present = values('redis.entries').at(-1)!
    expect(present).toBeGreaterThan(970)
    const absent = Math.round((present * 1024 - values('redis.bytes').at(-1)!) / (1024 - 16))
    expect(Math.abs(absent / 1000 - 0.2)).toBeLessThan(0.04)
    const misses = meanOf(values('misses'))
    // Each is read 0.5 times a second: alive for λT of 1 + λT, read in vain the rest of the time.
    expect(Math.abs(misses / (absent * 0.5 * (1 - 5 / 6)) - 1)).toBeLessThan(0.15)
    expect(total('negative_hits')).toBe(total('redis.negative_hits'))
    expect(Math.abs(meanOf(values('negative_hits')) / (absent * 0.5 * (5 / 6)) - 1)).toBeLessThan(0.1)
  })

  test('are forgotten in time beside many entries that live for ever', () => {
    const { values, total } = run({
      run: 'duration: 20s, bucket: 1s',
      keys: '{ products: { count: 20000, missing: 5%, size: 1000B } }',
      traffic: 'rate: { steps: [ { for: 10s, rate: 2000/s }, { for: 10s, rate: 0/s } ] }',
      cache: '{ tiers: [ { name: redis, capacity: 20000, expiry: active } ], negative: 1s }',
    })
    const [entries, bytes] = [values('redis.entries').at(-1)!, values('redis.bytes').at(-1)!]
    expect(bytes).toBe(1000 * entries)
    expect(total('redis.active_expiries')).toBeGreaterThan(500)
  })

  test('leave room at the start for those that it has', () => {
    const cache = '{ tiers: [ { name: redis, capacity: 500 } ], warm: 100% }'
    expect(run({ keys, cache, run: 'duration: 1ms, bucket: 1ms' }).values('redis.entries')).toEqual([500])
  })

  test('are not loaded at the start, and the same in every cache and run', () => {
    const cache = '{ tiers: [ { name: redis, capacity: 1000 } ], warm: 100% }'
    const once = (seed: number): number =>
      run({ keys, cache, run: 'duration: 1s, bucket: 1s' }, seed).values('redis.entries').at(-1)!
    expect(once(1)).toBe(once(2))
    expect(once(1)).toBeLessThan(850)
  })
})

describe('popularity', () => {
  const cache = '{ tiers: [ { name: redis, capacity: 100 } ] }'

  test('of keys tells hits and misses apart, by tenths', () => {
    const { total, seen } = run({ cache, keys: '{ products: { count: 1000, popularity: zipf(1) } }' })
    const ofDecile = (metric: string): number[] =>
      Array.from({ length: 10 }, (_, decile) => total(`decile_${decile + 1}.${metric}`))
    const [hits, misses] = [ofDecile('ranked_hits'), ofDecile('ranked_misses')]
    expect(hits.reduce((all, each) => all + each)).toBe(total('hits'))
    expect(misses.reduce((all, each) => all + each)).toBe(total('misses'))
    expect(hits[0]! / (hits[0]! + misses[0]!)).toBeGreaterThan(0.7)
    expect(hits[9]! / (hits[9]! + misses[9]!)).toBeLessThan(0.2)
    const { ratios } = seen.plan.components.find(({ kind }) => kind === 'cache')!
    expect(ratios.map(({ id }) => id)).toContain('ranked_hit_ratio')
  })

  test('that is the same for all keys has no tenths', () => {
    const { seen } = run({ cache })
    expect(seen.result.metrics.filter(({ metric }) => metric.startsWith('decile'))).toEqual([])
  })
})

test('settings of Redis reach its policies', () => {
  const hits = (settings: string): number =>
    run({
      run: 'duration: 130s, bucket: 1s',
      keys: '{ products: { count: 1000, popularity: zipf(1) } }',
      cache: `{ tiers: [ { name: redis, capacity: 100, ${settings} } ] }`,
    }).total('hits')
  const [one, five, many] = [1, 5, 64].map((samples) =>
    hits(`eviction: redis_allkeys_lru, maxmemory_samples: ${samples}`),
  )
  expect(hits('eviction: redis_allkeys_lru')).toBe(five)
  expect([one! < five!, one! < many!]).toEqual([true, true])
  const lfu = 'eviction: redis_allkeys_lfu'
  expect(hits(`${lfu}, lfu_log_factor: 10, lfu_decay_time: 1m`)).toBe(hits(lfu))
  expect(hits(`${lfu}, lfu_log_factor: 0`)).not.toBe(hits(lfu))
  expect(hits(`${lfu}, lfu_decay_time: 0s`)).not.toBe(hits(lfu))
})

describe('what makes no sense is refused', () => {
  test.each([
    ['maxmemory_samples: 10', 'contradiction', 'redis_allkeys_lru'],
    ['eviction: redis_allkeys_lru, maxmemory_samples: 65', 'out-of-range', 'from 1 to 64'],
    ['eviction: redis_allkeys_lru, lfu_log_factor: 1', 'contradiction', 'redis_volatile_lfu'],
    ['eviction: redis_allkeys_lfu, lfu_decay_time: 90s', 'out-of-range', '0s for never'],
    ['expiry: active', 'contradiction', 'give ttl'],
    ['accepts: {}', 'missing', 'add size, keys or hottest'],
    ['accepts: { hottest: 0 }', 'out-of-range', 'from 1'],
    ['accepts: { hottest: 0% }', 'out-of-range', 'more than 0'],
    ['accepts: { keys: [product] }', 'unknown-reference', 'did you mean products?'],
    ['accepts: { size: 2 }', 'missing-unit', '2'],
    ['scope: replica, timeout: 1s', 'contradiction', 'leave timeout away'],
    ['scope: replica, on_failure: fail', 'contradiction', 'leave on_failure away'],
  ])('%s', (settings, code, hint) => {
    const text = cacheText({ cache: `{ tiers: [ { name: redis, capacity: 100, ${settings} } ] }` })
    const { problems } = parseScenario(text, 'f.yaml')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code, hint: expect.stringContaining(hint) as string })
  })

  test.each([
    [
      'a cache that takes none of the keys read through it',
      { cache: '{ tiers: [ { name: a, capacity: 9, accepts: { keys: [users] } } ] }' },
      'no tier of store accepts products',
    ],
    [
      'an absence remembered of keys that all exist',
      { cache: '{ negative: 1s, tiers: [ { name: a, capacity: 9 } ] }' },
      'nothing to remember',
    ],
    [
      'a tier larger than the memory of who keeps it',
      { cache: '{ tiers: [ { name: a, capacity: 8GB, scope: replica } ] }', service: 'memory: 4GB' },
      'has 4GB of memory',
    ],
  ])('%s', (_, parts, message) => {
    const keys = '{ products: { count: 1000 }, users: { count: 10 } }'
    const { problems } = parseScenario(cacheText({ keys, ...parts }), 'f.yaml')
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code: 'contradiction', message: expect.stringContaining(message) as string })
  })

  test('keys warmed that no step reads through the cache, at their place', () => {
    const keys = '{ products: { count: 1000 }, users: { count: 10 } }'
    const cache = (warm: string, more = ''): string => `{ tiers: [ { name: a, capacity: 9 } ], warm: ${warm}${more} }`
    const problemsOf = (text: string) => parseScenario(text, 'f.yaml').problems
    const problem = {
      code: 'contradiction',
      path: 'caches.store.warm.users',
      line: 8,
      column: 85,
      message: 'no step reads users through store, so there is nothing to warm',
      hint: 'read users through store, or leave it out of warm',
    }
    const text = cacheText({ keys, cache: cache('{ products: 5, users: 5 }', ', warm_load: 4') })
    expect(problemsOf(text)).toEqual([expect.objectContaining(problem)])
    // Who writes does not read.
    const steps =
      '{ read: { cache: store, key: products, miss: { delay: 1ms } } }, { write: { cache: store, key: users, store: { delay: 1ms } } }'
    expect(problemsOf(cacheText({ keys, steps, cache: cache('{ users: 5 }') }))).toHaveLength(1)
    for (const warm of ['100%', '5', '{ products: 5 }']) {
      expect(problemsOf(cacheText({ keys, cache: cache(warm) }))).toEqual([])
    }
  })

  test('more keys than can be numbered, summed over the populations that go through the cache', () => {
    const read = (key: string): string => `{ read: { cache: store, key: ${key}, miss: { delay: 1ms } } }`
    const problemsOf = (products: number, steps: string) => {
      const keys = `{ products: { count: ${products} }, users: { count: 1G }, images: { count: 1G } }`
      return parseScenario(cacheText({ keys, steps, cache: '{ tiers: [ { name: a, capacity: 9 } ] }' }), 'f.yaml')
        .problems
    }
    const [half, all] = [
      `${read('products')}, ${read('users')}`,
      `${read('products')}, ${read('users')}, ${read('images')}`,
    ]
    const most = 2 ** 31 - 1
    expect(problemsOf(most - 1e9, `${half}, ${read('products')}`)).toEqual([])
    expect(problemsOf(most - 1e9 + 1, half)).toMatchObject([
      {
        code: 'out-of-range',
        path: 'caches.store',
        line: 8,
        message:
          'products, users have 2147483648 keys together, and all that go through store may be 2147483647 at most',
        hint: 'lower their counts, or let some of them go through another one than store',
      },
    ])
    expect(problemsOf(900_000_000, all)[0]!.message).toContain('have 2900000000 keys together')
  })

  test('but a shared tier may be larger than an instance, and a small one fits', () => {
    for (const scope of ['shared, capacity: 8GB', 'replica, capacity: 4GB']) {
      const text = cacheText({ cache: `{ tiers: [ { name: a, scope: ${scope} } ] }`, service: 'memory: 4GB' })
      expect(parseScenario(text, 'f.yaml').problems).toEqual([])
    }
  })
})
