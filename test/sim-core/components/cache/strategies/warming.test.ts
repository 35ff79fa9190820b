// Warming that takes time.
import { describe, expect, test } from 'vitest'
import { CAUSE_INSTANCE_KILLED } from '../../../../../sim-core/kernel/outcome.ts'
import type { ComponentHarness } from '../../../../support/component-harness.ts'
import { SERVICE } from '../../../../support/component-harness.ts'
import { local, LOAD, MS, rig, shared, tookMs } from './strategy-rig.ts'

const settings = { warm: { kind: 'all', amount: { kind: 'count', count: 20 } }, warmLoad: 4 } as const

function begun(tiers = [shared]): ComponentHarness {
  const run = rig(settings, tiers)
  for (const instance of [0, 1]) run.model('cache').instanceStarted!(SERVICE, instance)
  return run
}

describe('warming', () => {
  test('loads the most popular keys, so many at a time', () => {
    const run = begun()
    const rounds = 20 / settings.warmLoad
    run.at(rounds * LOAD - 1, () => expect(run.kernel.frames.inUse).toBe(settings.warmLoad))
    run.at(rounds * LOAD + 1, () => expect(run.kernel.frames.inUse).toBe(0))
    run.arrive(LOAD + 1, { keys: [3], label: 'soon' })
    run.arrive(LOAD + 1, { keys: [19], label: 'late' })
    run.arrive(rounds * LOAD + MS, { keys: [18], label: 'done' })
    run.arrive(rounds * LOAD + MS, { keys: [20], label: 'beyond' })
    expect(tookMs(run.run())).toEqual({ soon: 0, late: 10, done: 0, beyond: 10 })
    expect([run.metric('cache', 'warmed'), run.metric('cache', 'misses')]).toEqual([20, 2])
  })

  test('is done by every instance that has a tier of its own', () => {
    const run = begun([local, shared])
    run.run()
    expect([run.metric('cache', 'warmed'), run.metric('cache', 'process.entries')]).toEqual([40, 40])
    expect(run.kernel.nowNs).toBe(5 * LOAD)
  })

  test('goes on without the programs whose instance died', () => {
    const run = begun()
    run.at(MS, () => {
      run.model('cache').instanceEnded!(SERVICE, 0, true)
      for (const frame of [0, 2]) run.kernel.evict(frame, CAUSE_INSTANCE_KILLED)
    })
    run.run()
    // The keys that they were loading are lost, the others are loaded two at a time.
    expect(run.metric('cache', 'warmed')).toBe(18)
    expect(run.kernel.nowNs).toBe(9 * LOAD)
  })

  test('goes on past a key whose load failed, whatever the cause', () => {
    const run = begun()
    run.at(MS, () => run.kernel.evict(0, CAUSE_INSTANCE_KILLED))
    run.run()
    expect(run.metric('cache', 'warmed')).toBe(19)
    expect(run.kernel.nowNs).toBe(5 * LOAD)
  })
})
