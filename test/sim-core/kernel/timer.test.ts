// Timers: one pending instant, the last one set.
import { expect, test } from 'vitest'
import { PRIORITY_CONTROL, PRIORITY_MEASUREMENT } from '../../../sim-core/kernel/event-queue.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import { Kernel } from '../../../sim-core/kernel/kernel.ts'
import { Timer } from '../../../sim-core/kernel/timer.ts'

function kernelAndLog(): { kernel: Kernel; log: number[]; note: (nowNs: number) => void; run: () => number[] } {
  const kernel = new Kernel(new Frames(1, 0))
  const log: number[] = []
  const run = (): number[] => {
    while (kernel.step(10));
    return log
  }
  return { kernel, log, note: (nowNs) => log.push(nowNs), run }
}

test('set again, it forgets the instant before, be it earlier or later', () => {
  const { kernel, note, run } = kernelAndLog()
  const later = new Timer(kernel, PRIORITY_CONTROL, note)
  later.set(10)
  later.set(20)
  const earlier = new Timer(kernel, PRIORITY_CONTROL, note)
  earlier.set(40)
  earlier.set(30)
  expect(run()).toEqual([20, 30])
})

test('set to another instant and back, it fires once', () => {
  const { kernel, note, run } = kernelAndLog()
  const timer = new Timer(kernel, PRIORITY_CONTROL, note)
  timer.set(10)
  timer.set(20)
  timer.set(10)
  expect(run()).toEqual([10])
})

test('cleared, it does not fire; it may be set again', () => {
  const { kernel, note, run } = kernelAndLog()
  const timer = new Timer(kernel, PRIORITY_CONTROL, note)
  timer.set(10)
  timer.clear()
  timer.set(15)
  expect(run()).toEqual([15])
})

test('it may set itself again while it fires, and priority decides between timers of one instant', () => {
  const { kernel, log, run } = kernelAndLog()
  const last = new Timer(kernel, PRIORITY_MEASUREMENT, () => log.push(-1))
  const repeated = new Timer(kernel, PRIORITY_CONTROL, (nowNs) => {
    log.push(nowNs)
    if (nowNs < 30) repeated.set(nowNs + 10)
  })
  last.set(10)
  repeated.set(10)
  expect(run()).toEqual([10, -1, 20, 30])
})
