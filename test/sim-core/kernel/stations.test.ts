// Stations with queues: exact schedules worked out by hand.
import { describe, expect, test } from 'vitest'
import { CAUSE_INSTANCE_KILLED } from '../../../sim-core/kernel/outcome.ts'
import { QueueingServer } from '../../../sim-core/kernel/queueing-server.ts'
import type { StationOptions } from '../../../sim-core/kernel/station.ts'
import type { QueueOrder } from '../../../sim-core/kernel/wait-queue.ts'
import { StationRig } from './station-rig.ts'

function rig(order: QueueOrder, options: Partial<StationOptions> = {}): StationRig {
  return new StationRig(
    (kernel, meter) => new QueueingServer(kernel, meter, order, { servers: 1, capacity: Infinity, ...options }),
  )
}

describe('order of service', () => {
  test('first come, first served, by two servers', () => {
    const station = rig('fifo', { servers: 2 })
    station.arrive(0, 10, { label: 'a' })
    station.arrive(1, 3, { label: 'b' })
    station.arrive(2, 4, { label: 'c' })
    station.arrive(3, 1, { label: 'd' })
    station.arrive(4, 9, { label: 'e' })
    // b ends at 4, c is served until 8, d until 9, a until 10, e from 9 on.
    expect(station.run().map(({ label, endNs, queueNs }) => [label, endNs, queueNs])).toEqual([
      ['b', 4, 0],
      ['c', 8, 2],
      ['d', 9, 5],
      ['a', 10, 0],
      ['e', 18, 5],
    ])
    const reading = station.meter.read(18)
    expect(reading).toMatchObject({ visits: 5, waited: 3, completed: 5, busyArea: 27, queueArea: 12, waitSumNs: 12 })
  })

  test('last come, first served, without interruption', () => {
    const station = rig('lifo')
    for (const [i, label] of ['a', 'b', 'c', 'd'].entries()) station.arrive(i, 10, { label })
    station.arrive(12, 10, { label: 'e' })
    expect(station.ends()).toEqual([
      ['a', 10],
      ['d', 20],
      ['e', 30],
      ['c', 40],
      ['b', 50],
    ])
  })

  test('by priority, first come first served among equals, without interruption', () => {
    const station = rig('priority')
    station.arrive(0, 10, { label: 'low', priority: 15 })
    station.arrive(1, 10, { label: 'middle 1', priority: 5 })
    station.arrive(2, 10, { label: 'middle 2', priority: 5 })
    station.arrive(3, 10, { label: 'urgent', priority: 0 })
    expect(station.ends().map(([label]) => label)).toEqual(['low', 'urgent', 'middle 1', 'middle 2'])
  })

  test('who needs nothing passes at once', () => {
    const station = rig('fifo')
    station.arrive(5, 0, { label: 'a' })
    station.arrive(5, 0, { label: 'b' })
    expect(station.ends()).toEqual([
      ['a', 5],
      ['b', 5],
    ])
  })
})

describe('waiting places and patience', () => {
  test('who finds no waiting place is refused at once', () => {
    const station = rig('fifo', { capacity: 1 })
    for (const label of ['a', 'b', 'c']) station.arrive(0, 10, { label })
    station.arrive(10, 10, { label: 'd' })
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['c', 0, 'rejected'],
      ['a', 10, 'none'],
      ['b', 20, 'none'],
      ['d', 30, 'none'],
    ])
    expect(station.meter.read(30)).toMatchObject({ visits: 4, rejected: 1, completed: 3, abandoned: 0 })
  })

  test('who loses patience leaves from anywhere in the line, and the wait counts', () => {
    const station = rig('fifo', { patience: { next: () => 15 } })
    for (const [i, label] of ['a', 'b', 'c'].entries()) station.arrive(i, 10, { label })
    station.arrive(12, 10, { label: 'd' })
    expect(station.run().map(({ label, endNs, queueNs, cause }) => [label, endNs, queueNs, cause])).toEqual([
      ['a', 10, 0, 'none'],
      ['c', 17, 15, 'abandoned_queue'],
      ['b', 20, 9, 'none'],
      ['d', 30, 8, 'none'],
    ])
    expect(station.meter.read(30)).toMatchObject({ abandoned: 1, queueArea: 9 + 15 + 8, waited: 2 })
  })

  test('patience that ends in service is nobody any longer', () => {
    const station = rig('fifo', { patience: { next: () => 5 } })
    station.arrive(0, 3, { label: 'a' })
    station.arrive(1, 100, { label: 'b' })
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['a', 3, 'none'],
      ['b', 103, 'none'],
    ])
  })

  test('patience and completion at one instant: whichever was due first in line decides, and only once', () => {
    const station = rig('fifo', { patience: { next: () => 10 } })
    station.arrive(0, 10, { label: 'a' })
    station.arrive(0, 10, { label: 'b' })
    const leavings = station.run()
    expect(leavings).toHaveLength(2)
    // The end of a's service was scheduled first, so b is in service when its patience would end.
    expect(leavings.map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['a', 10, 'none'],
      ['b', 20, 'none'],
    ])
    expect(station.present).toBe(0)
  })
})

describe('speed', () => {
  test('slower in the middle of a service, and back', () => {
    const station = rig('fifo')
    station.arrive(0, 100, { label: 'a' })
    station.arrive(0, 100, { label: 'b' })
    station.speedAt(40, 0.5)
    station.speedAt(80, 1)
    // 40 done by 40, 20 more by 80, the other 40 by 120.
    expect(station.ends()).toEqual([
      ['a', 120],
      ['b', 220],
    ])
    expect(station.meter.read(220).busyArea).toBe(220)
  })

  test('frozen in the middle of a service: it stays, resumes, and new ones are served afterwards', () => {
    const station = rig('fifo', { servers: 2 })
    station.arrive(0, 100, { label: 'a' })
    station.speedAt(30, 0)
    station.arrive(50, 20, { label: 'during' })
    station.speedAt(1030, 1)
    station.arrive(1040, 5, { label: 'later' })
    expect(station.ends()).toEqual([
      ['during', 1050],
      ['later', 1055],
      ['a', 1100],
    ])
  })

  test('frozen, then slow, then frozen again: no work is lost or gained', () => {
    const station = rig('fifo')
    station.arrive(0, 100, { label: 'a' })
    station.speedAt(10, 0)
    station.speedAt(20, 0)
    station.speedAt(30, 0.25)
    station.speedAt(70, 0)
    station.speedAt(100, 1)
    expect(station.ends()).toEqual([['a', 180]])
    expect(station.workDoneNs).toBe(100)
  })

  test.each([1 / 3, 1 / 7, 1 / 1.7, 0.9])('at %d times its speed every instant is whole', (speed) => {
    const station = rig('lifo', { servers: 2 })
    for (let i = 0; i < 20; i++) station.arrive(i * 13, 101 + i)
    for (let i = 0; i < 30; i++) station.speedAt(i * 29 + 1, i % 2 === 0 ? speed : 1)
    expect(station.run()).toHaveLength(20)
    const total = Array.from({ length: 20 }, (_, i) => 101 + i).reduce((sum, work) => sum + work, 0)
    expect(station.workDoneNs).toBe(total)
  })
})

describe('leaving', () => {
  test('a withdrawn frame leaves the line at once', () => {
    const station = rig('fifo')
    for (const label of ['a', 'b', 'c']) station.arrive(0, 10, { label })
    station.cancelAt(5, 'b')
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['b', 5, 'cancelled'],
      ['a', 10, 'none'],
      ['c', 20, 'none'],
    ])
  })

  test('a withdrawn frame in service keeps its server to the end and fails then', () => {
    const station = rig('fifo')
    for (const label of ['a', 'b']) station.arrive(0, 10, { label })
    station.cancelAt(5, 'a')
    station.speedAt(6, 0.5)
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['a', 14, 'cancelled'],
      ['b', 34, 'none'],
    ])
  })

  test('a frame whose machine dies leaves its service at once, whoever waits takes the server', () => {
    const station = rig('fifo')
    for (const label of ['a', 'b']) station.arrive(0, 10, { label })
    station.cancelAt(3, 'a')
    station.evictAt(5, 'a', CAUSE_INSTANCE_KILLED)
    expect(station.run().map(({ label, endNs, cause }) => [label, endNs, cause])).toEqual([
      ['a', 5, 'instance_killed'],
      ['b', 15, 'none'],
    ])
    expect(station.meter.read(15)).toMatchObject({ busyArea: 15, queueArea: 5, completed: 1 })
  })

  test('a frozen frame can be taken out; another of the same handle starts afresh', () => {
    const station = rig('fifo')
    station.arrive(0, 10, { label: 'a' })
    station.speedAt(4, 0)
    station.evictAt(5, 'a', CAUSE_INSTANCE_KILLED)
    station.arrive(6, 10, { label: 'b' })
    station.speedAt(8, 0.5)
    station.speedAt(10, 0)
    station.speedAt(20, 1)
    // b: 1 done between 8 and 10, 9 from 20 on.
    expect(station.ends()).toEqual([
      ['a', 5],
      ['b', 29],
    ])
  })
})
