// Loads that many share: single flights, and caches that load by themselves.
import { describe, expect, test } from 'vitest'
import { FRAME_PARKED } from '../../../../../sim-core/kernel/frames.ts'
import { CAUSE_INSTANCE_KILLED } from '../../../../../sim-core/kernel/outcome.ts'
import type { ComponentHarness } from '../../../../support/component-harness.ts'
import { SERVICE } from '../../../../support/component-harness.ts'
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

  /** An instance dies with all that it works on. */
  function kill(run: ComponentHarness, instance: number): void {
    const { frames } = run.kernel
    run.model('cache').instanceEnded!(SERVICE, instance, true)
    for (let frame = 0; frame < frames.highWater; frame++) {
      if (frames.state(frame) >= FRAME_PARKED && frames.instance(frame) === instance)
        run.kernel.evict(frame, CAUSE_INSTANCE_KILLED)
    }
  }

  test('begins anew on another instance when the one dies that loads', () => {
    const run = rig({ strategy })
    run.arrive(0, { keys: [7], instance: 0, label: 'asks' })
    for (const label of ['first', 'second', 'third']) run.arrive(MS, { keys: [7], instance: 1, label })
    run.arrive(2 * MS, { keys: [7], instance: 0, label: 'dies too' })
    run.at(4 * MS, () => kill(run, 0))
    run.arrive(6 * MS, { keys: [7], instance: 1, label: 'joins' })
    run.arrive(20 * MS, { keys: [7], instance: 1, label: 'later' })
    expect(run.run().map(({ label, cause, endNs, lockNs }) => [label, cause, endNs / MS, lockNs / MS])).toEqual([
      ['asks', 'instance_killed', 4, 4],
      ['dies too', 'instance_killed', 4, 2],
      ['second', 'none', 14, 13],
      ['third', 'none', 14, 13],
      ['first', 'none', 14, 13],
      ['joins', 'none', 14, 8],
      ['later', 'none', 20, 0],
    ])
    // Each read that waited is counted once, and those that died waiting for another one's load not at all.
    expect([run.metric('cache', 'misses'), run.metric('cache', 'hits')]).toEqual([2, 4])
    // All but the one that began the load and the one that found it there waited for another one.
    expect(run.metric('cache', 'lock_waits')).toBe(5)
    expect(run.kernel.frames.inUse).toBe(0)
  })

  test('begins anew for as long as somebody waits, and on an instance that is back', () => {
    const run = rig({ strategy })
    for (const instance of [0, 1, 1]) run.arrive(0, { keys: [7], instance, label: `${instance}` })
    run.at(4 * MS, () => kill(run, 0))
    run.at(5 * MS, () => run.model('cache').instanceStarted!(SERVICE, 0))
    run.arrive(6 * MS, { keys: [7], instance: 0, label: 'back' })
    run.at(8 * MS, () => kill(run, 1))
    run.arrive(30 * MS, { keys: [8], instance: 0, program: 'unreached', label: 'fails' })
    run.arrive(31 * MS, { keys: [8], instance: 1, label: 'fails too' })
    expect(run.run().map(({ label, cause, endNs }) => [label, cause, endNs / MS])).toEqual([
      ['0', 'instance_killed', 4],
      ['1', 'instance_killed', 8],
      ['1', 'instance_killed', 8],
      ['back', 'none', 18],
      // What the load called died, not the load itself.
      ['fails', 'instance_killed', 40],
      ['fails too', 'instance_killed', 40],
    ])
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
