// A listener that cannot keep up gets fewer events, misses nothing, and costs no memory.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HostEvent } from '../../../host/contract/host-api.ts'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import { EventSender } from '../../../host/transport/event-sender.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const progress = {
  replicationsDone: 0,
  replicationsPlanned: 2,
  simulatedNs: 0,
  plannedNs: 1,
  requests: 0,
  elapsedMs: 0,
  leftMs: null,
}

function picture(
  fromBucket: number,
  values: readonly number[],
  replication = 0,
): HostEvent & { readonly live: LiveRun } {
  const happenings = [{ at_s: fromBucket, component: 'api', kind: 'scaling', text: `at ${fromBucket}` }]
  const rows = { 'clients.p95': values }
  return {
    event: 'run-live',
    live: {
      runId: 'r1',
      replication,
      endS: 60,
      speedFactor: 9,
      progress,
      snapshot: null,
      fromBucket,
      rows,
      happenings,
    },
  }
}

function slowListener() {
  const got: HostEvent[] = []
  const state = { buffered: 0 }
  const sender = new EventSender({
    post: (value) => void got.push(value as HostEvent),
    onMessage: () => () => {},
    onClose: () => {},
    close: () => {},
    bufferedBytes: () => state.buffered,
  })
  return { got, state, sender }
}

test('who keeps up gets everything at once', () => {
  const { got, sender } = slowListener()
  sender.send(picture(0, [1]))
  sender.send({ event: 'runs-changed' })
  expect(got).toEqual([picture(0, [1]), { event: 'runs-changed' }])
})

test('who falls behind gets one picture with all the rows, in its turn', () => {
  const { got, state, sender } = slowListener()
  state.buffered = 2_000_000
  for (let bucket = 0; bucket < 1_000; bucket++) sender.send(picture(bucket, [bucket]))
  sender.send({ event: 'scenario-changed', id: 's1', revision: 1 })
  sender.send({ event: 'scenario-changed', id: 's1', revision: 2 })
  vi.advanceTimersByTime(1_000)
  expect(got).toEqual([])
  state.buffered = 0
  vi.advanceTimersByTime(50)
  expect(got).toHaveLength(2)
  const [first, second] = got
  expect(first).toMatchObject({
    live: { fromBucket: 0, rows: { 'clients.p95': Array.from({ length: 1_000 }, (_, i) => i) } },
  })
  expect(first?.event === 'run-live' && first.live.happenings).toHaveLength(1_000)
  expect(second).toEqual({ event: 'scenario-changed', id: 's1', revision: 2 })
  expect(vi.getTimerCount()).toBe(0)
  sender.send(picture(1_000, [7]))
  expect(got.at(-1)).toEqual(picture(1_000, [7]))
})

test('when another replication is shown, the rows of the last one are forgotten', () => {
  const { got, state, sender } = slowListener()
  state.buffered = 2_000_000
  sender.send(picture(0, [1, 2]))
  sender.send(picture(0, [3], 1))
  sender.send(picture(1, [4], 1))
  state.buffered = 0
  vi.advanceTimersByTime(50)
  expect(got).toMatchObject([{ live: { replication: 1, fromBucket: 0, rows: { 'clients.p95': [3, 4] } } }])
})

test('it goes on waiting while the listener is behind, and forgets everything when it leaves', () => {
  const { got, state, sender } = slowListener()
  state.buffered = 2_000_000
  sender.send({ event: 'runs-changed' })
  sender.send({ event: 'scenarios-changed' })
  vi.advanceTimersByTime(10_000)
  sender.stop()
  state.buffered = 0
  vi.advanceTimersByTime(10_000)
  expect(got).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
