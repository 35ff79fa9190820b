// Calls on a bare kernel: who waits for whom, what is withdrawn, and where the time goes.
import { expect, test } from 'vitest'
import type { Sampler } from '../../../sim-core/distributions/distribution.ts'
import { samplerOf } from '../../../sim-core/distributions/distribution.ts'
import { Call } from '../../../sim-core/kernel/call.ts'
import { Fail } from '../../../sim-core/kernel/control.ts'
import { Delay } from '../../../sim-core/kernel/delay.ts'
import { CAUSE_FAILED, CAUSE_INSTANCE_KILLED, CAUSE_TIMEOUT } from '../../../sim-core/kernel/outcome.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { ProgramRig } from './program-rig.ts'

const always = (value: number): Sampler => samplerOf(() => value)

/** Places: 0 network, 1 call of the program at 10, 2 end; 10 delay, 11 call of the one at 20, 12 end; 20 network, 21 delay, 22 end. */
function nested(failing = false, capacity = 100): ProgramRig {
  return new ProgramRig((kernel, end) => {
    const entries = Int32Array.of(3, 6)
    const stream = new RandomStreams(1, 0).stream('fail')
    return [
      new Delay(kernel, 1, 2, always(5), true),
      new Call(kernel, 2, 2, entries, 0),
      end(2),
      new Delay(kernel, 4, 5, always(10), false),
      new Call(kernel, 5, 5, entries, 1),
      end(5),
      new Delay(kernel, 7, 8, always(20), true),
      failing ? new Fail(kernel, 8, 8, 1, CAUSE_FAILED, stream) : new Delay(kernel, 8, 8, always(40), false),
      end(8),
    ]
  }, capacity)
}

test('a call in a call: each waits for its own, and the parts of the inner ones are those of the outer', () => {
  const rig = nested()
  rig.start(100, 0)
  expect(rig.run().map(({ startNs, endNs, networkNs, cause }) => [startNs, endNs, networkNs, cause])).toEqual([
    [115, 175, 20, 'none'],
    [105, 175, 20, 'none'],
    [100, 175, 25, 'none'],
  ])
  expect(rig.kernel.frames.inUse).toBe(0)
})

test('a failure goes up through every caller with its cause', () => {
  const rig = nested(true)
  rig.start(0, 0)
  expect(rig.run().map(({ cause }) => cause)).toEqual(['failed', 'failed', 'failed'])
})

test('where no frame is left for a call, the caller fails', () => {
  const rig = nested(false, 2)
  rig.start(0, 0)
  expect(rig.run().map(({ endNs, cause }) => [endNs, cause])).toEqual([
    [15, 'in_flight_limit'],
    [15, 'in_flight_limit'],
  ])
})

test('a withdrawn caller withdraws its calls, however deep, and all end at once', () => {
  const rig = nested()
  rig.start(0, 0)
  rig.cancelAt(20, 0)
  const endings = rig.run()
  expect(endings.map(({ endNs, cause }) => [endNs, cause])).toEqual([
    [20, 'cancelled'],
    [20, 'cancelled'],
    [20, 'cancelled'],
  ])
  // Of the 20 on the way, 5 had passed.
  expect(endings.map(({ networkNs }) => networkNs).toSorted((a, b) => a - b)).toEqual([0, 5, 5])
  expect(rig.kernel.frames.inUse).toBe(0)
})

test('a caller that dies leaves its calls running for nobody', () => {
  const rig = nested()
  rig.start(0, 0)
  rig.at(20, 0, () => rig.kernel.evict(0, CAUSE_INSTANCE_KILLED))
  expect(rig.run().map(({ endNs, cause }) => [endNs, cause])).toEqual([
    [20, 'instance_killed'],
    [75, 'none'],
    [75, 'none'],
  ])
})

test('an orphaned call returns to nobody, also when its caller has ended and its frame bears another request', () => {
  const rig = nested()
  rig.start(0, 0)
  rig.at(20, 0, () => rig.kernel.evict(0, CAUSE_TIMEOUT))
  rig.start(21, 0)
  expect(rig.run().map(({ startNs, endNs }) => [startNs, endNs])).toEqual([
    [0, 20],
    [15, 75],
    [5, 75],
    [36, 96],
    [26, 96],
    [21, 96],
  ])
  expect(rig.kernel.frames.inUse).toBe(0)
})
