// Processor sharing: exact schedules worked out by hand, and a brute-force clock for random ones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CAUSE_INSTANCE_KILLED } from '../../../sim-core/kernel/outcome.ts'
import { ProcessorSharingServer } from '../../../sim-core/kernel/processor-sharing-server.ts'
import { StationRig } from './station-rig.ts'

function rig(cores = 1, placesMax = Infinity): StationRig {
  return new StationRig((kernel, meter) => new ProcessorSharingServer(kernel, meter, cores, placesMax))
}

describe('sharing', () => {
  test('each gets an equal share while others are there', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'a' })
    station.arrive(40, 30, { label: 'b' })
    station.arrive(60, 10, { label: 'c' })
    // a has 60 left at 40; at 60 a has 50, b 20, c 10; c ends at 90, b at 110, a with 30 left at 140.
    expect(station.run().map(({ label, endNs, queueNs }) => [label, endNs, queueNs])).toEqual([
      ['c', 90, 20],
      ['b', 110, 40],
      ['a', 140, 40],
    ])
    expect(station.meter.read(140)).toMatchObject({ busyArea: 140, queueArea: 100, visits: 3, waited: 3, completed: 3 })
  })

  test('nobody gets more than one core', () => {
    const station = rig(2)
    station.arrive(0, 100, { label: 'a' })
    station.arrive(10, 100, { label: 'b' })
    station.arrive(20, 40, { label: 'c' })
    // From 20 on two cores for three: c ends at 80 when a has 40 left, b 50; a ends at 120, b at 130.
    expect(station.ends()).toEqual([
      ['c', 80],
      ['a', 120],
      ['b', 130],
    ])
    expect(station.meter.read(130).busyArea).toBe(240)
  })

  test('all of one kind end together, in order of arrival', () => {
    const station = rig()
    for (const label of ['a', 'b', 'c']) station.arrive(0, 7, { label })
    expect(station.ends()).toEqual([
      ['a', 21],
      ['b', 21],
      ['c', 21],
    ])
  })

  test('who finds every place taken is refused', () => {
    const station = rig(1, 2)
    for (const label of ['a', 'b', 'c']) station.arrive(0, 10, { label })
    expect(station.run().map(({ label, cause }) => [label, cause])).toEqual([
      ['c', 'rejected'],
      ['a', 'none'],
      ['b', 'none'],
    ])
  })
})

describe('speed', () => {
  test('slower, frozen, and back', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'a' })
    station.arrive(0, 20, { label: 'b' })
    station.speedAt(20, 0.5)
    station.speedAt(40, 0)
    station.arrive(50, 10, { label: 'c' })
    station.speedAt(100, 1)
    // Each did 10 by 20 and 5 by 40. At 100: a 85, b 5, c 10. b ends at 115, c at 125, a with 75 left at 200.
    expect(station.ends()).toEqual([
      ['b', 115],
      ['c', 125],
      ['a', 200],
    ])
    expect(station.workDoneNs).toBe(130)
  })

  test('frozen from the start', () => {
    const station = rig()
    station.speedAt(0, 0)
    station.arrive(5, 10, { label: 'a' })
    station.speedAt(50, 1)
    expect(station.ends()).toEqual([['a', 60]])
  })
})

describe('leaving', () => {
  test('one whose machine dies makes room for the others at once', () => {
    const station = rig()
    for (const label of ['a', 'b', 'c']) station.arrive(0, 30, { label })
    station.evictAt(30, 'b', CAUSE_INSTANCE_KILLED)
    expect(station.ends()).toEqual([
      ['b', 30],
      ['a', 70],
      ['c', 70],
    ])
  })

  test('the next one to end leaves', () => {
    const station = rig()
    station.arrive(0, 10, { label: 'short' })
    station.arrive(0, 50, { label: 'long' })
    station.evictAt(10, 'short', CAUSE_INSTANCE_KILLED)
    expect(station.ends()).toEqual([
      ['short', 10],
      ['long', 55],
    ])
  })

  test('a withdrawn one stays to the end of its work, and fails then', () => {
    const station = rig()
    station.arrive(0, 10, { label: 'a' })
    station.arrive(0, 30, { label: 'b' })
    station.cancelAt(5, 'a')
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['a', 20, 'cancelled'],
      ['b', 40, 'none'],
    ])
  })
})

/** Ends by a clock of single events over all who are present; arrivals sorted by time. */
function bruteForce(arrivals: readonly { readonly atNs: number; readonly workNs: number }[], cores: number): number[] {
  const left = arrivals.map(({ workNs }) => workNs)
  const ends = arrivals.map(() => NaN)
  let now = 0
  for (;;) {
    const present = [...left.keys()].filter((i) => arrivals[i]!.atNs <= now && Number.isNaN(ends[i]))
    const rate = present.length === 0 ? 0 : Math.min(1, cores / present.length)
    const nextArrival = Math.min(Infinity, ...arrivals.map(({ atNs }) => atNs).filter((atNs) => atNs > now))
    const nextEnd = present.length === 0 ? Infinity : now + Math.min(...present.map((i) => left[i]!)) / rate
    const next = Math.min(nextArrival, nextEnd)
    if (next === Infinity) return ends
    for (const i of present) {
      left[i] = left[i]! - (next - now) * rate
      if (left[i] <= 1e-6) ends[i] = next
    }
    now = next
  }
}

test('random arrivals end when a brute-force clock says, later by at most a nanosecond for each departure', () => {
  const arrival = fc.record({ atNs: fc.integer({ min: 0, max: 100_000 }), workNs: fc.integer({ min: 1, max: 20_000 }) })
  fc.assert(
    fc.property(
      fc.array(arrival, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 4 }),
      (unsorted, cores) => {
        const arrivals = unsorted.toSorted((a, b) => a.atNs - b.atNs)
        const station = rig(cores)
        for (const [i, { atNs, workNs }] of arrivals.entries()) station.arrive(atNs, workNs, { label: String(i) })
        const ends = new Map(station.run().map(({ label, endNs }) => [label, endNs]))
        for (const [i, endNs] of bruteForce(arrivals, cores).entries()) {
          // Every departure is put off to a whole ns, during which the others get a little less than they would.
          const lateNs = ends.get(String(i))! - endNs
          expect(lateNs).toBeGreaterThan(-1e-3)
          expect(lateNs).toBeLessThan(1 + arrivals.length)
        }
        expect(station.meter.busy + station.meter.queued + station.present).toBe(0)
      },
    ),
    { numRuns: 200 },
  )
})
