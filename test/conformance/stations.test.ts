// What every station owes, whatever its order of service: no idle server while somebody waits, never more in service than
// servers, no work lost or invented, and a meter that says what a recount of the frames says.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FRAME_FREE, FRAME_QUEUED } from '../../sim-core/kernel/frames.ts'
import { CAUSE_INSTANCE_KILLED } from '../../sim-core/kernel/outcome.ts'
import { createProcessor } from '../../sim-core/kernel/processor.ts'
import type { Scheduling } from '../../sim-core/kernel/processor.ts'
import { StationRig } from '../sim-core/kernel/station-rig.ts'

const schedulings: readonly Scheduling[] = ['processor_sharing', 'fifo', 'lifo', 'priority', 'priority_preemptive']

const visitor = fc.record({
  atNs: fc.integer({ min: 0, max: 3_000 }),
  workNs: fc.integer({ min: 0, max: 300 }),
  priority: fc.integer({ min: 0, max: 4 }),
})
const change = fc.record({ atNs: fc.integer({ min: 0, max: 4_000 }), speed: fc.constantFrom(1, 1 / 3, 0.5, 0, 0.77) })
const removal = fc.record({ atNs: fc.integer({ min: 0, max: 4_000 }), nth: fc.nat({ max: 20 }), kills: fc.boolean() })

interface Course {
  readonly cores: number
  readonly capacity: number | undefined
  readonly patienceNs: number | undefined
  readonly visitors: readonly { readonly atNs: number; readonly workNs: number; readonly priority: number }[]
  readonly changes: readonly { readonly atNs: number; readonly speed: number }[]
  readonly removals: readonly { readonly atNs: number; readonly nth: number; readonly kills: boolean }[]
}

const course: fc.Arbitrary<Course> = fc.record({
  cores: fc.integer({ min: 1, max: 4 }),
  capacity: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
  patienceNs: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
  visitors: fc.array(visitor, { minLength: 1, maxLength: 60 }),
  changes: fc.array(change, { maxLength: 6 }),
  removals: fc.array(removal, { maxLength: 6 }),
})

function stationOf(
  scheduling: Scheduling,
  { cores, capacity, patienceNs, visitors, changes, removals }: Course,
): StationRig {
  const patience = patienceNs === undefined ? undefined : { next: () => patienceNs }
  const rig = new StationRig((kernel, meter) =>
    createProcessor(kernel, meter, { cores, scheduling, capacity, patience }),
  )
  for (const { atNs, speed } of changes) rig.speedAt(atNs, speed)
  rig.speedAt(4_001, 1)
  for (const [i, { atNs, workNs, priority }] of visitors.entries())
    rig.arrive(atNs, workNs, { label: String(i), priority })
  for (const { atNs, nth, kills } of removals) rig.at(atNs, 0, () => removeOne(rig, nth, kills))
  return rig
}

/** Withdraws or evicts the n-th of those present. */
function removeOne({ kernel }: StationRig, nth: number, kills: boolean): void {
  const present = presentAt(kernel.frames.highWater, (frame) => kernel.frames.state(frame) !== FRAME_FREE)
  const frame = present[nth % Math.max(1, present.length)]
  if (frame === undefined) return
  if (kills) kernel.evict(frame, CAUSE_INSTANCE_KILLED)
  else kernel.cancel(frame)
}

function presentAt(highWater: number, isPresent: (frame: number) => boolean): number[] {
  return Array.from({ length: highWater }, (_, frame) => frame).filter(isPresent)
}

/** Who is in service and who waits, by looking at the frames. */
function recount(
  { kernel: { frames } }: StationRig,
  scheduling: Scheduling,
  cores: number,
): { busy: number; queued: number } {
  const present = presentAt(frames.highWater, (frame) => frames.state(frame) !== FRAME_FREE)
  const queued = present.filter((frame) => frames.state(frame) === FRAME_QUEUED).length
  if (scheduling !== 'processor_sharing') return { busy: present.length - queued, queued }
  const busy = Math.min(cores, present.length)
  return { busy, queued: present.length - busy }
}

describe.each(schedulings)('%s', (scheduling) => {
  test('serves as many as it can, never more, and its meter says what a recount says', () => {
    fc.assert(
      fc.property(course, (given) => {
        const rig = stationOf(scheduling, given)
        const { kernel, meter } = rig
        let [busyArea, queueArea, before, lastNs] = [0, 0, { busy: 0, queued: 0 }, 0]
        while (kernel.step(1)) {
          busyArea += before.busy * (kernel.nowNs - lastNs)
          queueArea += before.queued * (kernel.nowNs - lastNs)
          before = recount(rig, scheduling, given.cores)
          lastNs = kernel.nowNs
          expect({ busy: meter.busy, queued: meter.queued }).toEqual(before)
          expect(before.busy).toBeLessThanOrEqual(given.cores)
          expect(before.queued === 0 || before.busy === given.cores).toBe(true)
        }
        const reading = meter.read(kernel.nowNs)
        expect([reading.busyArea, reading.queueArea]).toEqual([busyArea, queueArea])
        expect([rig.present, rig.leavings.length]).toEqual([0, given.visitors.length])
      }),
      { numRuns: 150 },
    )
  })

  test('does all the work of those it served, each in no less time than it needs', () => {
    fc.assert(
      fc.property(course, (given) => {
        const rig = stationOf(scheduling, { ...given, removals: [] })
        const served = rig.run().filter(({ cause }) => cause === 'none')
        const demanded = served.reduce((sum, { label }) => sum + given.visitors[Number(label)]!.workNs, 0)
        expect(rig.workDoneNs).toBe(demanded)
        for (const { label, endNs, queueNs } of served) {
          const { atNs, workNs } = given.visitors[Number(label)]!
          expect(endNs - atNs - queueNs).toBeGreaterThanOrEqual(workNs)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('at full speed, without bounds, it is busy exactly as long as it has work', () => {
    fc.assert(
      fc.property(course, (given) => {
        const rig = stationOf(scheduling, {
          ...given,
          capacity: undefined,
          patienceNs: undefined,
          changes: [],
          removals: [],
        })
        rig.run()
        const demanded = given.visitors.reduce((sum, { workNs }) => sum + workNs, 0)
        const { busyArea, completed } = rig.meter.read(rig.kernel.nowNs)
        expect(completed).toBe(given.visitors.length)
        // Processor sharing ends services at whole ns only, so that each may keep its cores busy a little longer.
        expect(busyArea).toBeGreaterThanOrEqual(demanded)
        expect(busyArea - demanded).toBeLessThanOrEqual(
          scheduling === 'processor_sharing' ? given.cores * completed : 0,
        )
      }),
      { numRuns: 100 },
    )
  })
})
