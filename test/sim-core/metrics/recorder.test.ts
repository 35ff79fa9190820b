// What a run records: buckets, areas, histograms, traces, and the check that nothing was lost.
import { describe, expect, test } from 'vitest'
import { CAUSE_FAILED, CAUSE_TIMEOUT } from '../../../sim-core/kernel/outcome.ts'
import { Frames, NONE, ORPHAN } from '../../../sim-core/kernel/frames.ts'
import { Kernel } from '../../../sim-core/kernel/kernel.ts'
import { Recorder } from '../../../sim-core/metrics/recorder.ts'
import { observe } from '../run/observed-run.ts'

interface Rig {
  readonly kernel: Kernel
  readonly recorder: Recorder
  /** A frame of endpoint 0 that has arrived. */
  readonly arrive: () => number
  readonly at: (nowNs: number) => void
}

function rig(): Rig {
  const kernel = new Kernel(new Frames(10, 0))
  const recorder = new Recorder({
    kernel,
    endpointIds: ['service.endpoint'],
    causes: 12,
    endpointOfPc: Int32Array.of(-1, 0),
    traceStride: 1,
  })
  return {
    kernel,
    recorder,
    arrive() {
      const frame = kernel.frames.allocate(kernel.nowNs)
      kernel.frames.setPc(frame, 1)
      recorder.nested[0]!.arrived()
      return frame
    },
    at(nowNs) {
      kernel.clock[0] = nowNs
    },
  }
}

describe('buckets', () => {
  test('count what happened in them; areas are exact across their borders', () => {
    const { kernel, recorder, arrive, at } = rig()
    const [endpoint] = recorder.nested
    at(30)
    const frame = arrive()
    at(60)
    const other = arrive()
    at(100)
    recorder.closeBucket(100)
    at(150)
    kernel.frames.addQueueNs(frame, 40)
    endpoint!.completedFrame(frame)
    kernel.frames.release(frame)
    at(180)
    endpoint!.failedWith(CAUSE_FAILED)
    kernel.frames.release(other)
    at(200)
    recorder.closeBucket(200)
    const { columns, failures, latencies } = recorder.finish(0, false).endpoints[0]!
    expect([...columns.arrivals]).toEqual([2, 0])
    expect([...columns.completed]).toEqual([0, 1])
    expect([...columns.failed]).toEqual([0, 1])
    expect([...columns.inFlightArea]).toEqual([70 + 40, 50 + 80])
    expect([...columns.latencySumNs]).toEqual([0, 120])
    expect([...columns.queueSumNs]).toEqual([0, 40])
    expect(failures[12 + CAUSE_FAILED]).toBe(1)
    expect([...latencies.offsets]).toEqual([0, 0, 1])
  })

  test('counters show their increase, gauges their value', () => {
    const { recorder } = rig()
    let value = 3
    recorder.counter('thing', 'count', 'count', () => value)
    recorder.gauge('thing', 'level', 'count', () => value)
    recorder.closeBucket(1)
    value = 10
    recorder.closeBucket(2)
    const [counter, gauge] = recorder.finish(0, false).metrics
    expect([...counter!.values]).toEqual([3, 7])
    expect([...gauge!.values]).toEqual([3, 10])
  })
})

describe('conservation', () => {
  test('a frame that vanished is found at the end of its bucket', () => {
    const { kernel, recorder, arrive } = rig()
    kernel.frames.release(arrive())
    expect(() => recorder.closeBucket(10)).toThrow('requests in flight at service.endpoint do not match its frames')
  })

  test('so is a request that ended without its frame, and one that ended twice', () => {
    const first = rig()
    first.arrive()
    first.recorder.nested[0]!.failedWith(CAUSE_FAILED)
    expect(() => first.recorder.closeBucket(10)).toThrow('do not match')
    const second = rig()
    const frame = second.arrive()
    second.recorder.nested[0]!.failedWith(CAUSE_FAILED)
    second.recorder.nested[0]!.failedWith(CAUSE_FAILED)
    second.kernel.frames.release(frame)
    expect(() => second.recorder.closeBucket(10)).toThrow('do not match')
  })

  test('an abandoned request has failed, while its frame goes on', () => {
    const { kernel, recorder, arrive } = rig()
    const parent = kernel.frames.allocate(0)
    kernel.frames.setPc(parent, 0)
    const child = arrive()
    kernel.frames.setParent(child, parent)
    kernel.frames.setChild(parent, child)
    kernel.orphan(child, CAUSE_TIMEOUT)
    recorder.closeBucket(10)
    expect([kernel.frames.parent(child), kernel.frames.child(parent)]).toEqual([ORPHAN, NONE])
    expect(recorder.finish(0, false).endpoints[0]!.columns.failed[0]).toBe(1)
  })
})

describe('whole runs', () => {
  const scenario = (bucket: string): string => `
version: 1
name: recorded
run: { duration: 20s, warmup: 0s, bucket: ${bucket} }
keys: { things: { count: 100 } }
traffic: { clients: { rate: 50/s, network: exponential(5ms), mix: { front.go: 100% } } }
services:
  front:
    workers: 4
    network: exponential(2ms)
    cpu: { cores: 1, scheduling: fifo }
    endpoints: { go: { steps: [ { cpu: exponential(5ms) }, { read: { cache: shared, key: things, miss: { query: db.find } } }, { call: back.go }, { cpu: exponential(3ms) } ] } }
  back: { cpu: { cores: 1, scheduling: priority_preemptive }, endpoints: { go: { steps: [ { cpu: exponential(8ms) }, { delay: 1ms } ] } } }
caches: { shared: { stampede: { lock: { wait: 1s } }, tiers: [ { name: one, capacity: 50, ttl: 500ms, latency: 1ms, servers: 1, demand: 100us } ] } }
databases: { db: { primary: { cores: 1, scheduling: fifo, pool: { max: 2 } }, network: 1ms, classes: { find: { kind: read, demand: 12ms } } } }
`
  const run = observe(scenario('1s'))

  test('the segments of a request follow one another without gap from its start to its end, and sum to its parts', () => {
    const whole = run.requests.filter(({ cause, endMs }) => cause === 'none' && !Number.isNaN(endMs))
    expect(whole.length).toBeGreaterThan(900)
    for (const { startMs, endMs, segments, partsMs } of whole) {
      const ordered = segments.toSorted((a, b) => a.fromMs - b.fromMs)
      const borders = [startMs, ...ordered.map(({ toMs }) => toMs)]
      expect([...ordered.map(({ fromMs }) => fromMs), endMs]).toEqual(borders)
      for (const [part, totalMs] of Object.entries(partsMs)) {
        const sum = segments
          .filter((segment) => segment.part === part)
          .reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0)
        expect(sum).toBeCloseTo(totalMs, 6)
      }
    }
  })

  test('sums of the client are those of its requests', () => {
    const client = run.result.endpoints.at(-1)!.columns
    const done = run.requests.filter(({ endMs }) => !Number.isNaN(endMs))
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
    expect(total(client.latencySumNs) / 1e6).toBeCloseTo(
      done.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
      3,
    )
    expect(total(client.queueSumNs) / 1e6).toBeCloseTo(
      done.reduce((sum, { partsMs }) => sum + partsMs.queue, 0),
      3,
    )
    expect(total(client.lockSumNs) / 1e6).toBeCloseTo(
      done.reduce((sum, { partsMs }) => sum + partsMs.lock, 0),
      3,
    )
    expect(total(client.lockSumNs)).toBeGreaterThan(0)
    expect(run.result.endpoints.at(-1)!.latencies.counts.reduce((sum, count) => sum + count, 0)).toBe(done.length)
  })

  test('Little holds at every station to the nanosecond: what waited is the area of the queue', () => {
    for (const { component, name, columns } of run.result.stations) {
      const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
      const left = columns.endBusy.at(-1)! + columns.endQueued.at(-1)!
      expect([component, name, total(columns.visits)]).toEqual([component, name, total(columns.completed) + left])
      // Whoever still waits at the end is in the area alone.
      const waited = columns.endQueued.at(-1) === 0 ? total(columns.queueArea) : total(columns.waitSumNs)
      expect([name, total(columns.waitSumNs)]).toEqual([name, waited])
    }
  })

  test('the length of a bucket changes what is shown, not what happens', () => {
    const fine = observe(scenario('10ms'))
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
    for (const [index, { columns }] of run.result.endpoints.entries()) {
      const other = fine.result.endpoints[index]!.columns
      for (const column of ['arrivals', 'completed', 'failed', 'inFlightArea', 'latencySumNs', 'queueSumNs'] as const) {
        expect([column, total(other[column])]).toEqual([column, total(columns[column])])
      }
    }
    for (const [index, { columns }] of run.result.stations.entries()) {
      const other = fine.result.stations[index]!.columns
      for (const column of ['visits', 'busyArea', 'queueArea', 'serverArea', 'waitSumNs'] as const) {
        expect([column, total(other[column])]).toEqual([column, total(columns[column])])
      }
    }
  })
})
