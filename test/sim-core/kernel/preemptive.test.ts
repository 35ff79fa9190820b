// Pre-emptive resume: exact schedules worked out by hand.
import { describe, expect, test } from 'vitest'
import { CAUSE_INSTANCE_KILLED } from '../../../sim-core/kernel/outcome.ts'
import { PreemptiveServer } from '../../../sim-core/kernel/preemptive-server.ts'
import type { StationOptions } from '../../../sim-core/kernel/station.ts'
import { StationRig } from './station-rig.ts'

function rig(options: Partial<StationOptions> = {}): StationRig {
  return new StationRig(
    (kernel, meter) => new PreemptiveServer(kernel, meter, { servers: 1, capacity: Infinity, ...options }),
  )
}

describe('interruption', () => {
  test('the more urgent one goes first; the other resumes where it stopped', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'low', priority: 9 })
    station.arrive(30, 50, { label: 'middle', priority: 5 })
    station.arrive(40, 10, { label: 'high', priority: 1 })
    station.arrive(45, 10, { label: 'middle 2', priority: 5 })
    // high 40-50, middle goes on with 40 until 90, middle 2 until 100, low with 70 until 170.
    expect(station.run().map(({ label, endNs, queueNs }) => [label, endNs, queueNs])).toEqual([
      ['high', 50, 0],
      ['middle', 90, 10],
      ['middle 2', 100, 45],
      ['low', 170, 70],
    ])
    expect(station.meter.read(170)).toMatchObject({ busyArea: 170, queueArea: 125, visits: 4, completed: 4 })
    expect(station.workDoneNs).toBe(170)
  })

  test('equals do not interrupt one another', () => {
    const station = rig()
    station.arrive(0, 10, { label: 'a', priority: 3 })
    station.arrive(1, 10, { label: 'b', priority: 3 })
    expect(station.ends()).toEqual([
      ['a', 10],
      ['b', 20],
    ])
  })

  test('of several in service the least urgent gives way, of those the one that began last', () => {
    const station = rig({ servers: 3 })
    station.arrive(0, 100, { label: 'a', priority: 5 })
    station.arrive(1, 100, { label: 'b', priority: 9 })
    station.arrive(2, 100, { label: 'c', priority: 9 })
    station.arrive(10, 20, { label: 'urgent', priority: 0 })
    expect(station.ends()).toEqual([
      ['urgent', 30],
      ['a', 100],
      ['b', 101],
      ['c', 122],
    ])
  })

  test('an interrupted frame is there even when no waiting place is left', () => {
    const station = rig({ capacity: 0 })
    station.arrive(0, 10, { label: 'low', priority: 9 })
    station.arrive(1, 10, { label: 'refused', priority: 9 })
    station.arrive(2, 10, { label: 'high', priority: 0 })
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['refused', 1, 'rejected'],
      ['high', 12, 'none'],
      ['low', 20, 'none'],
    ])
  })
})

describe('interruption and speed', () => {
  test('slowed, interrupted and resumed, every instant is whole', () => {
    const station = rig()
    station.speedAt(0, 1 / 3)
    station.arrive(1, 100, { label: 'low', priority: 9 })
    station.arrive(51, 10, { label: 'high', priority: 0 })
    station.speedAt(60, 1)
    const ends = station.ends()
    // low has done 50/3 by 51; high does 3 by 60 and 7 by 67; low goes on with 83 at full speed.
    expect(ends).toEqual([
      ['high', 67],
      ['low', 150],
    ])
    expect(station.workDoneNs).toBe(110)
  })

  test('interrupted while frozen, and interrupted before it froze', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'low', priority: 9 })
    station.speedAt(40, 0)
    station.arrive(50, 10, { label: 'high', priority: 0 })
    station.speedAt(100, 1)
    expect(station.ends()).toEqual([
      ['high', 110],
      ['low', 170],
    ])
  })

  test('put back into service while frozen, a frame remembers what it still needs', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'low', priority: 9 })
    station.arrive(40, 10, { label: 'high', priority: 0 })
    station.speedAt(45, 0)
    station.evictAt(48, 'high', CAUSE_INSTANCE_KILLED)
    station.speedAt(60, 0.5)
    station.speedAt(80, 0)
    station.speedAt(90, 1)
    // 60 are left at 40; 10 are done between 60 and 80; 50 from 90 on.
    expect(station.ends()).toEqual([
      ['high', 48],
      ['low', 140],
    ])
  })

  test('random interruptions and speeds neither lose nor invent work', () => {
    const station = rig({ servers: 2 })
    let total = 0
    for (let i = 0; i < 200; i++) {
      const work = 37 + ((i * 7919) % 211)
      total += work
      station.arrive((i * 104_729) % 9_973, work, { priority: (i * 31) % 5 })
    }
    for (let i = 0; i < 60; i++) station.speedAt(i * 211, [1, 1 / 3, 0, 0.77][i % 4]!)
    station.speedAt(13_000, 1)
    expect(station.run()).toHaveLength(200)
    expect(station.workDoneNs).toBe(total)
    expect(station.meter.busy).toBe(0)
    expect(station.meter.queued).toBe(0)
  })
})

describe('withdrawal', () => {
  test('a withdrawn frame in service that must give way leaves for good, and fails', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'low', priority: 9 })
    station.cancelAt(10, 'low')
    station.arrive(20, 10, { label: 'high', priority: 0 })
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['low', 20, 'cancelled'],
      ['high', 30, 'none'],
    ])
    expect(station.meter.read(30)).toMatchObject({ busyArea: 30, queueArea: 0 })
  })

  test('a frame withdrawn while it waits to resume leaves at once', () => {
    const station = rig()
    station.arrive(0, 100, { label: 'low', priority: 9 })
    station.arrive(20, 10, { label: 'high', priority: 0 })
    station.cancelAt(25, 'low')
    station.arrive(26, 100, { label: 'next', priority: 9 })
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['low', 25, 'cancelled'],
      ['high', 30, 'none'],
      ['next', 130, 'none'],
    ])
  })
})
