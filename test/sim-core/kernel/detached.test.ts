// Frames that nobody waits for.
import { expect, test } from 'vitest'
import { samplerOf } from '../../../sim-core/distributions/distribution.ts'
import { EndBranch } from '../../../sim-core/kernel/control.ts'
import { Delay } from '../../../sim-core/kernel/delay.ts'
import { startDetached, startDetachedFor } from '../../../sim-core/kernel/detached.ts'
import { PARKED } from '../../../sim-core/kernel/instruction.ts'
import { PlainInstruction } from '../../../sim-core/kernel/kernel.ts'
import { CAUSE_INSTANCE_KILLED } from '../../../sim-core/kernel/outcome.ts'
import { ProgramRig } from './program-rig.ts'

const BACKGROUND = 2

/** 0 starts the background, 1 ends; 2 waits for 50 in the background and 3 ends that. */
function rig(started: number[], capacity = 100): ProgramRig {
  const wait = samplerOf(() => 50)
  return new ProgramRig((kernel, end) => {
    const start = new (class extends PlainInstruction {
      enter(frame: number): number {
        kernel.frames.setKey(frame, 0, 42)
        started.push(startDetachedFor(kernel, BACKGROUND, frame, 3))
        return 1
      }
      override wake(): number {
        return PARKED
      }
    })(1)
    return [start, end(1), new Delay(kernel, 3, 3, wait, false), new EndBranch(kernel, 3)]
  }, capacity)
}

test('goes on after who started it has ended, with the same keys and on its instance', () => {
  const started: number[] = []
  const run = rig(started)
  let orphans = 0
  run.kernel.observer = { orphaned: () => orphans++, segment: () => undefined }
  run.start(0, 0)
  run.at(10, 0, () => {
    const { frames } = run.kernel
    expect(frames.inUse).toBe(1)
    expect([frames.key(started[0]!, 0), frames.instance(started[0]!), frames.trace(started[0]!)]).toEqual([42, 3, -1])
  })
  expect(run.run()).toMatchObject([{ endNs: 0, cause: 'none' }])
  expect(run.kernel.nowNs).toBe(50)
  expect(run.kernel.frames.inUse).toBe(0)
  expect(orphans).toBe(0)
})

test('is not started when no frame is free, which its starter sees', () => {
  const started: number[] = []
  const run = rig(started, 1)
  run.start(0, 0)
  expect(run.run()).toMatchObject([{ endNs: 0, cause: 'none' }])
  expect(started).toEqual([-1])
})

test('dies at once when it is taken from what it does', () => {
  const run = rig([])
  run.at(0, 0, () => startDetached(run.kernel, BACKGROUND, 1))
  run.at(20, 0, () => run.kernel.evict(0, CAUSE_INSTANCE_KILLED))
  run.at(20, 1, () => expect(run.kernel.frames.inUse).toBe(0))
  run.run()
  expect(run.kernel.frames.inUse).toBe(0)
})
