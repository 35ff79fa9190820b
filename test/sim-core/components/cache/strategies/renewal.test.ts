// Entries that are renewed before, at or after their end of life.
import { describe, expect, test } from 'vitest'
import { LOAD, local, MS, poisson, rig, shared } from './strategy-rig.ts'

const SECOND = 1000 * MS

describe('refresh ahead', () => {
  const strategy = { kind: 'refresh_ahead', atRatio: 0.8 } as const
  const tier = { ...shared, ttlNs: 100 * MS }

  test('renews once, in the background, what is hit late in its life', () => {
    const run = rig({ strategy }, [tier])
    // Filled at 10, so late from 90 on and gone at 110.
    run.arrive(0, { keys: [7], label: 'miss' })
    run.arrive(90 * MS, { keys: [7], label: 'early' })
    for (let i = 0; i < 5; i++) run.arrive(91 * MS + i, { keys: [7], label: 'late' })
    run.arrive(180 * MS, { keys: [7], label: 'after' })
    const outcomes = run.run()
    expect(outcomes.filter(({ startNs, endNs }) => endNs > startNs).map(({ label }) => label)).toEqual(['miss'])
    expect(run.metric('cache', 'refreshes')).toBe(1)
    expect([run.metric('cache', 'hits'), run.metric('cache', 'misses')]).toEqual([7, 1])
  })

  test('keeps what is asked for often from ever missing', () => {
    // The own tier lets a read through every 10 ms, half as long as the last fifth of a life in redis.
    const run = rig({ strategy }, [{ ...local, ttlNs: 10 * MS }, tier])
    // Nobody comes in the last fifth of a life with probability exp(-1000 * 0.02).
    for (const atNs of poisson(1000, 20, 'popular')) run.arrive(atNs, { keys: [7] })
    run.run()
    const refreshes = run.metric('cache', 'refreshes')
    expect(run.metric('cache', 'misses')).toBeLessThanOrEqual(1 + 1000 * (LOAD / SECOND) * 2)
    expect(refreshes).toBeGreaterThan(20_000 / 100)
    expect(refreshes).toBeLessThan(20_000 / 80)
  })
})

describe('stale while revalidate', () => {
  const stampede = { kind: 'stale_while_revalidate', forNs: 50 * MS } as const

  test('serves what is past its life for so long, and renews it once', () => {
    const run = rig({ stampede }, [{ ...shared, ttlNs: 100 * MS }])
    run.arrive(0, { keys: [7], label: 'miss' })
    run.arrive(109 * MS, { keys: [7], label: 'fresh' })
    for (let i = 0; i < 5; i++) run.arrive(115 * MS + i, { keys: [7], label: 'past' })
    // Renewed at 125, so past its life from 225 on and gone at 275.
    run.arrive(224 * MS, { keys: [7], label: 'fresh' })
    run.arrive(280 * MS, { keys: [7], label: 'gone' })
    const outcomes = run.run()
    expect(outcomes.filter(({ startNs, endNs }) => endNs > startNs).map(({ label }) => label)).toEqual(['miss', 'gone'])
    expect([run.metric('cache', 'refreshes'), run.metric('cache', 'served_expired')]).toEqual([1, 5])
  })

  test('never lets a read wait, and serves nothing longer than that', () => {
    const run = rig({ stampede }, [{ ...shared, ttlNs: 100 * MS }])
    const instants = poisson(200, 30, 'reads')
    for (const atNs of instants) run.arrive(atNs, { keys: [7] })
    const outcomes = run.run()
    expect(outcomes.every(({ lockNs }) => lockNs === 0)).toBe(true)
    // A read that waits found nothing: nobody had come for ttl + for since the value was loaded.
    const waited = outcomes.filter(({ startNs, endNs }) => endNs > startNs).map(({ startNs }) => startNs)
    for (const startNs of waited.slice(1)) {
      const before = instants.filter((atNs) => atNs < startNs && atNs > startNs - 40 * MS)
      expect(before.length === 0 || waited.includes(before[0]!)).toBe(true)
    }
    expect(run.metric('cache', 'served_expired')).toBeGreaterThan(100)
  })

  test('gives no new life to a promoted entry', () => {
    const run = rig({ stampede }, [
      { ...local, ttlNs: 20 * MS },
      { ...shared, ttlNs: 100 * MS },
    ])
    run.arrive(0, { keys: [7], instance: 0 })
    // Past its life in redis, on another instance: served, not put into that instance's own tier.
    run.arrive(115 * MS, { keys: [7], instance: 1 })
    run.at(116 * MS, () => expect(run.kernel.frames.inUse).toBe(1))
    run.run()
    // The first load fills redis and instance 0; its renewal redis and instance 1.
    expect(run.metric('cache', 'process.fills')).toBe(2)
  })
})

describe('early refresh', () => {
  test('recomputes early in lambda delta beta of the lives in the mean, and never without a load before', () => {
    const [rate, ttlSeconds, beta] = [200, 1, 1]
    const run = rig({ stampede: { kind: 'early_refresh', beta } }, [{ ...shared, ttlNs: ttlSeconds * SECOND }])
    for (const atNs of poisson(rate, 400, 'reads')) run.arrive(atNs, { keys: [7] })
    run.run()
    const early = run.metric('cache', 'early_refreshes')
    const misses = run.metric('cache', 'misses')
    // The first trigger comes before the end of life but for exp(-lambda delta beta) of the lives; others follow until the
    // value is there: lambda delta of those who come while it is computed, most of them, so about three in each life.
    const lives = 400 / (ttlSeconds + LOAD / SECOND)
    expect(early / lives).toBeGreaterThan(1)
    expect((misses - early) / lives).toBeLessThan(2)
    expect(misses).toBe(run.metric('cache', 'redis.misses') + early)
  })
})

describe('of several tiers', () => {
  const [near, far] = [
    { ...local, ttlNs: 20 * MS },
    { ...shared, ttlNs: 10 * SECOND },
  ]
  const ways = {
    'refresh ahead': { strategy: { kind: 'refresh_ahead', atRatio: 0.5 } },
    'early refresh': { stampede: { kind: 'early_refresh', beta: 1 } },
    'stale while revalidate': { stampede: { kind: 'stale_while_revalidate', forNs: 50 * MS } },
  } as const

  test.each(Object.entries(ways))('%s leaves the source alone while the slowest is fresh', (_, way) => {
    const run = rig(way, [near, far])
    run.arrive(0, { keys: [7], label: 'miss' })
    // Five reads in each of 200 lives of the own tiers, on either instance; those of redis are young.
    for (let i = 0; i < 1000; i++) run.arrive(20 * MS + i * 4 * MS, { keys: [7], instance: i % 2 })
    const outcomes = run.run()
    expect(outcomes.filter(({ startNs, endNs }) => endNs > startNs).map(({ label }) => label)).toEqual(['miss'])
    expect([run.metric('cache', 'misses'), run.metric('cache', 'redis.fills')]).toEqual([1, 1])
    // Entries end plainly after their ttl, and redis brings them back.
    expect(run.metric('cache', 'process.expiries')).toBe(run.metric('cache', 'redis.hits') - 1)
    expect(run.metric('cache', 'process.expiries')).toBeGreaterThan(300)
  })

  test('the slowest is renewed once for all instances', () => {
    const run = rig({ strategy: { kind: 'refresh_ahead', atRatio: 0.5 } }, [near, { ...shared, ttlNs: 100 * MS }])
    run.arrive(0, { keys: [7] })
    // Filled at 10: late in redis from 60 on, and gone from the own tiers by then.
    for (let i = 0; i < 10; i++) run.arrive(70 * MS + i, { keys: [7], instance: i % 2 })
    run.run()
    expect([run.metric('cache', 'refreshes'), run.metric('cache', 'redis.fills')]).toEqual([1, 2])
  })

  test('each population has its slowest, also for what is warm at the start', () => {
    const stampede = ways['stale while revalidate'].stampede
    const warm = { kind: 'all', amount: { kind: 'count', count: 10 } } as const
    const own = { ...local, ttlNs: 100 * MS }
    const some = { ...shared, ttlNs: 300 * MS, accepts: { keys: ['users'] } }
    const alone = rig({ stampede, warm }, [own, some])
    alone.arrive(120 * MS, { keys: [7] })
    alone.run()
    expect([alone.metric('cache', 'served_expired'), alone.metric('cache', 'refreshes')]).toEqual([1, 1])
    const faster = rig({ stampede, warm }, [own, { ...shared, ttlNs: 300 * MS }])
    for (const atMs of [120, 320]) faster.arrive(atMs * MS, { keys: [7] })
    faster.run()
    expect([faster.metric('cache', 'process.expiries'), faster.metric('cache', 'redis.hits')]).toEqual([2, 2])
    expect([faster.metric('cache', 'served_expired'), faster.metric('cache', 'refreshes')]).toEqual([1, 1])
  })
})
