// Loads that many share: single flights, and caches that load by themselves.
import { describe, expect, test } from 'vitest'
import { CAUSE_INSTANCE_KILLED } from '../../../../../sim-core/kernel/outcome.ts'
import { local, LOAD, MS, rig, shared, tookMs } from './strategy-rig.ts'

describe('single flight', () => {
  const stampede = { kind: 'single_flight' } as const

  test('loads once in each instance, and those who wait do not look again', () => {
    const run = rig({ stampede }, [{ ...shared, latencyNs: { type: 'constant', value: MS } }])
    for (let i = 0; i < 100; i++) run.arrive(i, { keys: [7], instance: i % 2 })
    const outcomes = run.run()
    // One way to the tier and back, then the load; nothing after the wait.
    expect(outcomes.every(({ cause, endNs }) => cause === 'none' && endNs <= LOAD + MS + 1)).toBe(true)
    expect([run.metric('cache', 'misses'), run.metric('cache', 'hits')]).toEqual([2, 98])
    expect(run.metric('cache', 'redis.misses')).toBe(100)
    expect(run.metric('cache', 'lock_waits')).toBe(98)
  })

  test('shares a failure', () => {
    const run = rig({ stampede })
    run.arrive(0, { keys: [7], program: 'failing' })
    for (let i = 0; i < 5; i++) run.arrive(MS, { keys: [7] })
    run.arrive(MS, { keys: [8], label: 'other' })
    const outcomes = run.run()
    expect(outcomes.filter(({ cause, endNs }) => cause === 'failed' && endNs === LOAD)).toHaveLength(6)
    expect(tookMs(outcomes)['other']).toBe(10)
    expect([run.metric('cache', 'misses'), run.metric('cache', 'hits')]).toEqual([7, 0])
  })

  test('begins anew once it is over, and forgets who gave up', () => {
    const run = rig({ stampede }, [{ ...shared, ttlNs: MS }])
    run.arrive(0, { keys: [7], label: 'first' })
    run.arrive(MS, { keys: [7], label: 'gives up' })
    run.at(2 * MS, () => run.kernel.cancel(run.frameOf('gives up')))
    run.arrive(20 * MS, { keys: [7], label: 'second' })
    expect(tookMs(run.run())).toEqual({ first: 10, 'gives up': 1, second: 10 })
    expect(run.kernel.frames.inUse).toBe(0)
  })
})

describe('reading through', () => {
  const strategy = 'read_through'

  test('loads once for all instances, in the background', () => {
    const run = rig({ strategy })
    for (let i = 0; i < 10; i++) run.arrive(i * MS, { keys: [7], instance: i % 2, label: String(i) })
    run.arrive(20 * MS, { keys: [7], label: 'later' })
    const took = tookMs(run.run())
    expect(Object.values(took)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect([run.metric('cache', 'misses'), run.metric('cache', 'hits')]).toEqual([1, 10])
    // The first began the load, nine found it under way, the last found its value.
    expect(run.metric('cache', 'lock_waits')).toBe(9)
  })

  test('loads for each instance where every tier is', () => {
    const run = rig({ strategy }, [local])
    for (let i = 0; i < 10; i++) run.arrive(i, { keys: [7], instance: i % 2 })
    run.run()
    expect(run.metric('cache', 'misses')).toBe(2)
  })

  test('goes on when who asked has given up', () => {
    const run = rig({ strategy })
    run.arrive(0, { keys: [7], label: 'gives up' })
    run.at(MS, () => run.kernel.cancel(run.frameOf('gives up')))
    run.arrive(4 * MS, { keys: [7], label: 'patient' })
    expect(tookMs(run.run())).toEqual({ 'gives up': 1, patient: 6 })
    expect(run.metric('cache', 'misses')).toBe(1)
    expect(run.kernel.frames.inUse).toBe(0)
  })

  test('fails all who wait when the load fails or dies', () => {
    const run = rig({ strategy })
    run.arrive(0, { keys: [7], program: 'failing' })
    run.arrive(MS, { keys: [7] })
    // Frames 2 and 3 are the second who asks and the load that it begins.
    run.arrive(20 * MS, { keys: [8], label: 'asks' })
    run.at(22 * MS, () => {
      const { frames } = run.kernel
      const loader = [0, 1, 2, 3].find((frame) => frames.state(frame) === 2)!
      run.kernel.evict(loader, CAUSE_INSTANCE_KILLED)
    })
    expect(run.run().map(({ cause, endNs }) => [cause, endNs / MS])).toEqual([
      ['failed', 10],
      ['failed', 10],
      ['instance_killed', 22],
    ])
  })
})
