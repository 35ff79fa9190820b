// Slots that frames hold over several instructions: order, bounds, patience, and giving back.
import { expect, test } from 'vitest'
import { samplerOf } from '../../../sim-core/distributions/distribution.ts'
import { Delay } from '../../../sim-core/kernel/delay.ts'
import { CAUSE_INSTANCE_KILLED, CAUSE_POOL_TIMEOUT } from '../../../sim-core/kernel/outcome.ts'
import { AcquireSlot, ReleaseSlot, Slots } from '../../../sim-core/kernel/slots.ts'
import type { StationOptions } from '../../../sim-core/kernel/station.ts'
import { StationMeter } from '../../../sim-core/kernel/station-meter.ts'
import type { QueueOrder } from '../../../sim-core/kernel/wait-queue.ts'
import { ProgramRig } from './program-rig.ts'

interface SlotsRig {
  readonly rig: ProgramRig
  readonly meter: StationMeter
}

/** Take a slot, hold it for 10, give it back, end. */
function slotsRig(options: Partial<StationOptions> = {}, order: QueueOrder = 'fifo'): SlotsRig {
  let meter: StationMeter | undefined
  const rig = new ProgramRig((kernel, end) => {
    meter = new StationMeter(kernel.clock)
    const slots = new Slots(kernel, meter, order, { servers: 1, capacity: Infinity, ...options })
    const take = new (class extends AcquireSlot {
      protected slotsOf(): Slots {
        return slots
      }
    })(kernel, 1, 3, CAUSE_POOL_TIMEOUT)
    const giveBack = new (class extends ReleaseSlot {
      protected slotsOf(): Slots {
        return slots
      }
    })(kernel, 3, 3)
    return [
      take,
      new Delay(
        kernel,
        2,
        2,
        samplerOf(() => 10),
        false,
      ),
      giveBack,
      end(3),
    ]
  })
  return { rig, meter: meter! }
}

function ends({ rig }: SlotsRig): (readonly [number, number, string])[] {
  return rig.run().map(({ frame, endNs, cause }) => [frame, endNs, cause])
}

test('as many hold one as there are; the next in line gets it at the same instant', () => {
  const slots = slotsRig({ servers: 2 })
  for (let i = 0; i < 5; i++) slots.rig.start(i, 0)
  expect(slots.rig.run().map(({ endNs, queueNs }) => [endNs, queueNs])).toEqual([
    [10, 0],
    [11, 0],
    [20, 8],
    [21, 8],
    [30, 16],
  ])
  expect(slots.meter.read(30)).toMatchObject({
    visits: 5,
    waited: 3,
    completed: 5,
    busyArea: 50,
    queueArea: 32,
    waitSumNs: 32,
  })
  expect([slots.meter.busy, slots.meter.queued]).toEqual([0, 0])
})

test('last come, first served', () => {
  const slots = slotsRig({}, 'lifo')
  for (let i = 0; i < 4; i++) slots.rig.start(i, 0)
  expect(ends(slots).map(([frame]) => frame)).toEqual([0, 3, 2, 1])
})

test('a full line refuses', () => {
  const slots = slotsRig({ capacity: 1 })
  for (let i = 0; i < 3; i++) slots.rig.start(0, 0)
  expect(ends(slots)).toEqual([
    [2, 0, 'rejected'],
    [0, 10, 'none'],
    [1, 20, 'none'],
  ])
  expect(slots.meter.read(20).rejected).toBe(1)
})

test('patience ends waits, not holding; a wait that ends at the very instant of a release got its slot', () => {
  const slots = slotsRig({ patience: { next: () => 15 } })
  for (let i = 0; i < 3; i++) slots.rig.start(0, 0)
  expect(ends(slots)).toEqual([
    [0, 10, 'none'],
    [2, 15, 'pool_timeout'],
    [1, 20, 'none'],
  ])
  const exact = slotsRig({ patience: { next: () => 10 } })
  for (let i = 0; i < 2; i++) exact.rig.start(0, 0)
  expect(ends(exact)).toEqual([
    [0, 10, 'none'],
    [1, 20, 'none'],
  ])
})

test('a withdrawn frame leaves the line, one that holds a slot gives it back at once', () => {
  const slots = slotsRig()
  for (let i = 0; i < 4; i++) slots.rig.start(0, 0)
  slots.rig.cancelAt(3, 1)
  slots.rig.cancelAt(4, 0)
  slots.rig.at(6, 0, () => slots.rig.kernel.evict(2, CAUSE_INSTANCE_KILLED))
  expect(ends(slots)).toEqual([
    [1, 3, 'cancelled'],
    [0, 4, 'cancelled'],
    [2, 6, 'instance_killed'],
    [3, 16, 'none'],
  ])
  expect(slots.meter.read(16)).toMatchObject({ busyArea: 16, abandoned: 1 })
})
