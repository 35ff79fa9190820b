// What writes do to a cache: what it forgets and receives, at once or later, and how stale reads come about.
import { describe, expect, test } from 'vitest'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { constant, SERVICE } from '../../../../support/component-harness.ts'
import { local, MS, poisson, rig, shared, STORE, tookMs } from './strategy-rig.ts'

const SECOND = 1000 * MS

describe('a stale read', () => {
  test('is a hit of an older version than the last one written: a load that a write overtook', () => {
    const run = rig({})
    run.arrive(0, { keys: [7] })
    run.arrive(4 * MS, { keys: [7], program: 'write' })
    // The load began at 0 and ends at 10, the write at 9.
    run.arrive(20 * MS, { keys: [7], label: 'stale' })
    run.arrive(30 * MS, { keys: [7], program: 'write' })
    run.arrive(40 * MS, { keys: [7], label: 'loads' })
    run.arrive(60 * MS, { keys: [7], label: 'fresh' })
    expect(tookMs(run.run())).toMatchObject({ stale: 0, loads: 10, fresh: 0 })
    expect([run.metric('cache', 'stale'), run.metric('cache', 'redis.stale')]).toEqual([1, 1])
    expect(run.metric('cache', 'invalidations')).toBe(1)
  })

  test('lasts until the end of life where nothing is invalidated, and keeps its version when it is promoted', () => {
    const run = rig({ invalidation: { kind: 'none' } }, [local, { ...shared, ttlNs: 100 * MS }])
    run.arrive(0, { keys: [7], instance: 0 })
    run.arrive(20 * MS, { keys: [7], program: 'write' })
    run.arrive(30 * MS, { keys: [7], instance: 1 })
    run.arrive(40 * MS, { keys: [7], instance: 1 })
    run.run()
    expect([run.metric('cache', 'redis.stale'), run.metric('cache', 'process.stale')]).toEqual([1, 1])
    expect(run.metric('cache', 'stale')).toBe(2)
  })
})

describe('an invalidation', () => {
  test('that takes time to reach the instances leaves rate x delay stale reads a write', () => {
    const [rate, delayNs, seconds] = [500, 40 * MS, 100]
    const run = rig({ invalidation: { kind: 'event', delayNs: constant(delayNs) } }, [local])
    for (const atNs of poisson(rate, seconds, 'reads')) run.arrive(atNs, { keys: [7] })
    const writes = poisson(2, seconds, 'writes').filter((atNs, i, all) => atNs - (all[i - 1] ?? 0) > 100 * MS)
    for (const atNs of writes) run.arrive(atNs, { keys: [7], program: 'write' })
    run.run()
    const perWrite = run.metric('cache', 'stale') / writes.length
    expect(Math.abs(perWrite / ((rate * delayNs) / SECOND) - 1)).toBeLessThan(0.1)
    expect(run.kernel.frames.inUse).toBe(0)
  })

  test('reaches shared tiers at once whatever the delay, and the write waits for its cost', () => {
    const timing = { delayNs: constant(50 * MS), costNs: constant(3 * MS) }
    const run = rig({ invalidation: { kind: 'event', ...timing } }, [local, shared])
    run.arrive(0, { keys: [7], instance: 0 })
    run.arrive(20 * MS, { keys: [7], program: 'write', label: 'write' })
    run.arrive(30 * MS, { keys: [7], instance: 0, label: 'stale' })
    run.arrive(30 * MS, { keys: [7], instance: 1, label: 'loads' })
    expect(tookMs(run.run())).toMatchObject({ write: 8, stale: 0, loads: 10 })
  })

  test.each([
    ['pattern', { kind: 'pattern', prefixKeys: 100 }, [200, 299, 100]],
    // Tags are drawn by hash: of 1000 keys in 10 tags about a hundred have that of key 250.
    ['tag', { kind: 'tag', tags: 10 }, [1, 990, 97]],
    ['one tag for all', { kind: 'tag', tags: 1 }, [0, 999, 1000]],
  ] as const)('by %s takes out the keys of the same group, of instances too', (_kind, invalidation, expected) => {
    const run = rig({ invalidation }, [local, shared])
    for (let key = 0; key < 1000; key++) run.arrive(0, { keys: [key], instance: key % 2 })
    run.arrive(SECOND, { keys: [250], program: 'write' })
    for (let key = 0; key < 1000; key++) run.arrive(2 * SECOND, { keys: [key], instance: key % 2, label: String(key) })
    const took = tookMs(run.run())
    const gone = Array.from({ length: 1000 }, (_, key) => key).filter((key) => took[String(key)]! > 0)
    expect(gone).toContain(250)
    expect([gone[0], gone.at(-1), gone.length]).toEqual(expected)
    expect(run.metric('cache', 'invalidations')).toBe(2 * gone.length)
    expect(run.metric('cache', 'stale')).toBe(0)
  })

  test('by version leaves what nobody can reach where it is, until it is replaced', () => {
    const run = rig({ invalidation: { kind: 'version', groups: 1 } }, [local])
    for (const key of [1, 2, 3]) run.arrive(0, { keys: [key] })
    run.arrive(20 * MS, { keys: [1], program: 'write' })
    run.at(30 * MS, () => undefined)
    run.arrive(40 * MS, { keys: [2], label: 'out of reach' })
    run.arrive(60 * MS, { keys: [2], label: 'back' })
    expect(tookMs(run.run())).toMatchObject({ 'out of reach': 10, back: 0 })
    expect([run.metric('cache', 'process.entries'), run.metric('cache', 'invalidations')]).toEqual([3, 1])
  })

  test('by version counts an entry once, however many reads find it out of reach', () => {
    const run = rig({ invalidation: { kind: 'version', groups: 1 } })
    run.arrive(0, { keys: [1] })
    run.arrive(20 * MS, { keys: [1], program: 'write' })
    // The write ends at 25; all of these find the old entry, for the first of them brings a new one at 40.
    for (let i = 0; i < 10; i++) run.arrive(30 * MS + i * MS, { keys: [1] })
    // Overtaken by a write that ends at 55, a load ends at 58: its value was never in reach.
    run.arrive(48 * MS, { keys: [3] })
    run.arrive(50 * MS, { keys: [4], program: 'write' })
    run.arrive(60 * MS, { keys: [3] })
    run.arrive(100 * MS, { keys: [1] })
    run.run()
    expect([run.metric('cache', 'misses'), run.metric('cache', 'invalidations')]).toEqual([14, 2])
  })

  test('by version does not let a load in that began under the old one', () => {
    const run = rig({ invalidation: { kind: 'version', groups: 1 } })
    run.arrive(0, { keys: [1] })
    run.arrive(0, { keys: [2], program: 'write' })
    run.arrive(20 * MS, { keys: [1], label: 'again' })
    expect(tookMs(run.run())['again']).toBe(10)
  })
})

describe('writing through', () => {
  test('puts the value into the tiers when it is stored, and takes it from other instances', () => {
    const run = rig({ strategy: 'write_through' }, [local, shared])
    for (const instance of [0, 1]) run.arrive(0, { keys: [7], instance })
    run.arrive(20 * MS, { keys: [7], program: 'write', instance: 0, label: 'write' })
    for (const instance of [0, 1]) run.arrive(30 * MS, { keys: [7], instance, label: `read ${instance}` })
    expect(tookMs(run.run())).toEqual({ '': 10, write: STORE / MS, 'read 0': 0, 'read 1': 0 })
    expect([run.metric('cache', 'process.hits'), run.metric('cache', 'redis.hits')]).toEqual([1, 1])
    expect([run.metric('cache', 'stale'), run.metric('cache', 'invalidations')]).toEqual([0, 2])
  })

  test('keeps the new value from a late message about itself', () => {
    const invalidation = { kind: 'event', delayNs: constant(50 * MS) } as const
    const run = rig({ strategy: 'write_through', invalidation }, [local])
    run.arrive(0, { keys: [7], program: 'write' })
    run.arrive(100 * MS, { keys: [7], label: 'read' })
    expect(tookMs(run.run())['read']).toBe(0)
  })

  test('puts nothing in when the source fails', () => {
    const run = rig({ strategy: 'write_through' })
    run.arrive(0, { keys: [7], program: 'failing_write' })
    expect(run.run()).toMatchObject([{ cause: 'failed' }])
    expect(run.metric('cache', 'redis.entries')).toBe(0)
  })
})

describe('writing behind', () => {
  const behind = (batch: number, flushNs: number) => ({ kind: 'write_behind', batch, flushNs }) as const

  test('returns at once, and stores the distinct keys of a batch one after the other', () => {
    const run = rig({ strategy: behind(3, SECOND) })
    for (const [i, key] of [1, 2, 1, 3, 4].entries()) run.arrive(i, { keys: [key], program: 'write', label: String(i) })
    // The batch is full with key 3 and stored at 5, 10 and 15 ms; key 4 waits for a second.
    run.at(16 * MS, () => expect(run.kernel.frames.inUse).toBe(0))
    run.arrive(20 * MS, { keys: [1], label: 'read' })
    const took = tookMs(run.run())
    expect(Object.values(took)).toEqual([0, 0, 0, 0, 0, 0])
    expect([run.metric('cache', 'coalesced'), run.metric('cache', 'writes_held')]).toEqual([1, 0])
    expect(run.metric('cache', 'stale')).toBe(0)
    expect(run.kernel.nowNs).toBe(SECOND + 4 + STORE)
  })

  test('coalesces as many writes as repeat a key within the flush interval', () => {
    const [rate, keys, flushSeconds, seconds] = [100, 50, 1, 400]
    const run = rig({ strategy: behind(1000, flushSeconds * SECOND) })
    const writes = poisson(rate, seconds, 'writes')
    const key = new RandomStreams(7, 0).stream('keys')
    for (const atNs of writes) run.arrive(atNs, { keys: [key.nextBelow(keys)], program: 'write' })
    run.run()
    const stored = writes.length - run.metric('cache', 'coalesced')
    // A batch begins with a write and takes what comes within a second of it: every other key with 1 - exp(-2).
    const batches = seconds / (flushSeconds + 1 / rate)
    const distinct = 1 + (keys - 1) * (1 - Math.exp((-rate * flushSeconds) / keys))
    expect(Math.abs(stored / batches / distinct - 1)).toBeLessThan(0.02)
  })

  test('loses what an instance held when it dies, and stores it when it shuts down', () => {
    const run = rig({ strategy: behind(100, SECOND) })
    for (const key of [1, 2]) run.arrive(0, { keys: [key], instance: 0, program: 'write' })
    for (const key of [3, 4, 5]) run.arrive(0, { keys: [key], instance: 1, program: 'write' })
    run.at(MS, () => run.model('cache').instanceEnded!(SERVICE, 0, true))
    run.at(MS, () => run.model('cache').instanceEnded!(SERVICE, 1, false))
    run.run()
    expect([run.metric('cache', 'writes_lost'), run.metric('cache', 'writes_held')]).toEqual([2, 0])
    expect(run.kernel.nowNs).toBe(SECOND)
  })

  test('goes on after a write that the source refuses', () => {
    const run = rig({ strategy: behind(2, SECOND) })
    for (const key of [1, 2]) run.arrive(0, { keys: [key], program: 'failing_write' })
    run.run()
    expect([run.metric('cache', 'writes_lost'), run.metric('cache', 'writes_held')]).toEqual([2, 0])
  })

  test('tries again after a while when a batch of one write could not be sent off', () => {
    const run = rig({ strategy: behind(1, SECOND) })
    const { frames } = run.kernel
    run.at(MS, () => {
      while (frames.inUse < frames.capacity - 1) frames.allocate(run.kernel.nowNs)
    })
    // This request takes the last place, so the program that would store its write has none.
    run.arrive(2 * MS, { keys: [7], program: 'write', label: 'held' })
    run.at(3 * MS, () => {
      for (let frame = 0; frame < frames.capacity - 1; frame++) frames.release(frame)
    })
    expect(run.run()).toMatchObject([{ label: 'held', cause: 'none', endNs: 2 * MS }])
    expect([run.metric('cache', 'writes_held'), run.metric('cache', 'writes_lost')]).toEqual([0, 0])
    expect(run.kernel.nowNs).toBe(2 * MS + SECOND + STORE)
  })

  test('lets reads see the old value when the new one was evicted before it was stored', () => {
    const run = rig({ strategy: behind(100, SECOND) }, [{ ...shared, capacity: { entries: 1 } }])
    run.arrive(0, { keys: [7], program: 'write' })
    run.arrive(1, { keys: [8] })
    run.arrive(20 * MS, { keys: [7] })
    run.arrive(40 * MS, { keys: [7] })
    run.run()
    expect(run.metric('cache', 'stale')).toBe(1)
  })
})
