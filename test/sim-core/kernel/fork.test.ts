// Fork and join on a bare kernel.
import { expect, test } from 'vitest'
import type { Sampler } from '../../../sim-core/distributions/distribution.ts'
import { samplerOf } from '../../../sim-core/distributions/distribution.ts'
import { Fork } from '../../../sim-core/kernel/call.ts'
import { EndBranch, Fail } from '../../../sim-core/kernel/control.ts'
import { Delay } from '../../../sim-core/kernel/delay.ts'
import { CAUSE_FAILED, CAUSE_INSTANCE_KILLED, CAUSE_LOCK_TIMEOUT } from '../../../sim-core/kernel/outcome.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { ProgramRig } from './program-rig.ts'

const always = (value: number): Sampler => samplerOf(() => value)

interface Branch {
  readonly networkNs: number
  readonly serviceNs: number
  readonly cause?: number
}

/** 0 forks, 1 delays 7, 2 ends; then four instructions a branch. */
function forked(branches: readonly Branch[], capacity = 100): ProgramRig {
  const stream = new RandomStreams(1, 0).stream('fail')
  return new ProgramRig((kernel, end) => {
    const own = branches.flatMap(({ networkNs, serviceNs, cause }, i) => {
      const at = 3 + 4 * i
      return [
        new Delay(kernel, at + 1, at + 3, always(networkNs), true),
        new Delay(kernel, at + 2, at + 3, always(serviceNs), false),
        new Fail(kernel, at + 3, at + 3, cause === undefined ? 0 : 1, cause ?? CAUSE_FAILED, stream),
        new EndBranch(kernel, at + 3),
      ]
    })
    const entries = branches.map((_, i) => 3 + 4 * i)
    return [new Fork(kernel, 1, 2, entries), new Delay(kernel, 2, 2, always(7), false), end(2), ...own]
  }, capacity)
}

const THREE = [
  { networkNs: 10, serviceNs: 30 },
  { networkNs: 50, serviceNs: 40 },
  { networkNs: 80, serviceNs: 5 },
]

test('goes on when the last has ended, whose time alone is that of the request', () => {
  const rig = forked(THREE)
  rig.start(0, 0)
  // The second branch ends last, at 90.
  expect(rig.run()).toMatchObject([{ endNs: 97, networkNs: 50, cause: 'none' }])
  expect(rig.kernel.frames.inUse).toBe(0)
})

test('one failure fails all, with the cause of the first, when the last has ended', () => {
  const rig = forked([{ ...THREE[0]!, cause: CAUSE_LOCK_TIMEOUT }, THREE[1]!, { ...THREE[2]!, cause: CAUSE_FAILED }])
  rig.start(0, 0)
  expect(rig.run()).toMatchObject([{ endNs: 90, cause: 'lock_timeout', networkNs: 50 }])
})

test('branches that end at one instant are waited for, all of them', () => {
  const rig = forked([THREE[0]!, THREE[0]!, THREE[0]!])
  rig.start(0, 0)
  expect(rig.run()).toMatchObject([{ endNs: 47, networkNs: 10 }])
  expect(rig.kernel.frames.inUse).toBe(0)
})

test('branches that find no frame fail the fork, once those that started have ended', () => {
  const rig = forked(THREE, 2)
  rig.start(0, 0)
  expect(rig.run()).toMatchObject([{ endNs: 40, cause: 'in_flight_limit' }])
  const none = forked(THREE, 1)
  none.start(0, 0)
  expect(none.run()).toMatchObject([{ endNs: 0, cause: 'in_flight_limit' }])
  expect(none.kernel.frames.inUse).toBe(0)
})

test('a withdrawn fork withdraws every branch', () => {
  const rig = forked(THREE)
  rig.start(0, 0)
  rig.cancelAt(20, 0)
  rig.at(21, 0, () => expect(rig.kernel.frames.inUse).toBe(0))
  expect(rig.run()).toMatchObject([{ endNs: 20, cause: 'cancelled' }])
  expect(rig.kernel.frames.inUse).toBe(0)
})

test('a fork that dies leaves its branches, which end for nobody', () => {
  const rig = forked(THREE)
  rig.start(0, 0)
  rig.at(60, 0, () => rig.kernel.evict(0, CAUSE_INSTANCE_KILLED))
  rig.at(65, 0, () => expect(rig.kernel.frames.inUse).toBe(2))
  expect(rig.run()).toMatchObject([{ endNs: 60, cause: 'instance_killed' }])
  expect(rig.kernel.frames.inUse).toBe(0)
})
