// The queue of replications: as many as it takes, in order, whatever runs beside what.
import { expect, test } from 'vitest'
import { ReplicationQueue } from '../../../host/runs/replication-queue.ts'
import type { QueueState, ReplicationPlan, ReplicationRunner } from '../../../host/runs/replication-queue.ts'
import type { PlanFault } from '../../../sim-core/components/fault/fault.model.ts'
import type { ReplicationJob } from '../../../host/workers/worker-messages.ts'
import type { PooledJob } from '../../../host/workers/worker-pool.ts'
import type { ReplicationResult } from '../../../sim-core/metrics/replication-result.ts'
import { planOf } from '../../support/study.ts'
import { queueScenario } from '../support/scenarios.ts'

/** What the queue looks at in a result. */
function resultOf(replication: number, partial = false, endNs = 10): ReplicationResult {
  return {
    replication,
    partial,
    endNs,
    endpoints: [{ columns: { arrivals: Float64Array.of(3, 4) } }],
  } as unknown as ReplicationResult
}

/** A runner under the test's control: it answers in the order asked for. */
class ManualRunner implements ReplicationRunner {
  readonly started: number[] = []
  readonly cancelled: number[] = []
  readonly #settle = new Map<number, PromiseWithResolvers<ReplicationResult | undefined>>()

  /** By replication: where it stands when it is paused, and the faults it has. */
  readonly instants = new Map<number, number>()
  readonly faults = new Map<number, readonly PlanFault[]>()
  readonly resumed: number[] = []
  readonly watched: (readonly [replication: number, pictures: number])[] = []

  run({ replication, faults }: Pick<ReplicationJob, 'replication' | 'faults'>): PooledJob {
    const settle = Promise.withResolvers<ReplicationResult | undefined>()
    this.started.push(replication)
    this.faults.set(replication, faults)
    this.#settle.set(replication, settle)
    return {
      result: settle.promise,
      cancel: () => void this.cancelled.push(replication),
      pause: async () => this.instants.get(replication),
      resume: () => void this.resumed.push(replication),
      watch: (pictures) => void this.watched.push([replication, pictures]),
      inject: (fault) => void this.faults.set(replication, [...this.faults.get(replication)!, fault]),
    }
  }

  async answer(...replications: readonly number[]): Promise<void> {
    for (const replication of replications) this.#settle.get(replication)?.resolve(resultOf(replication))
    await this.rest()
  }

  settle(replication: number, result: ReplicationResult | undefined): void {
    this.#settle.get(replication)?.resolve(result)
  }

  fail(replication: number): void {
    this.#settle.get(replication)?.reject(new Error('it broke'))
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function planFor(changes: Partial<ReplicationPlan>): ReplicationPlan {
  const plan = planOf(queueScenario())
  return {
    plan,
    seed: 1,
    replications: 3,
    replicationsMax: 3,
    ahead: 2,
    isEnough: () => true,
    onChange: () => {},
    ...changes,
  }
}

test('results are in the order of their numbers, however they come', async () => {
  const runner = new ManualRunner()
  const states: QueueState[] = []
  const done = new ReplicationQueue(runner, planFor({ onChange: (state) => states.push(state) })).run()
  await runner.answer(2, 0, 1)
  expect((await done).replications.map(({ replication }) => replication)).toEqual([0, 1, 2])
  expect(states.at(-1)).toMatchObject({
    done: 3,
    planned: 3,
    progress: [{ nowNs: 10, requests: 7 }, { nowNs: 10 }, { nowNs: 10 }],
  })
})

test.each([1, 2, 7])('with %i ahead it stops at the same replication, and drops what ran in vain', async (ahead) => {
  const runner = new ManualRunner()
  const asked: number[] = []
  const isEnough = (done: readonly ReplicationResult[]): boolean => {
    asked.push(done.length)
    return done.length >= 5
  }
  const done = new ReplicationQueue(runner, planFor({ replicationsMax: 100, ahead, isEnough })).run()
  for (let replication = 0; replication < 5; replication++) await runner.answer(replication)
  expect((await done).replications).toHaveLength(5)
  expect(asked).toEqual([3, 4, 5])
  expect(Math.max(...runner.started)).toBe(3 + ahead)
  expect(runner.cancelled).toEqual(runner.started)
})

test('it gives up at the most replications allowed', async () => {
  const runner = new ManualRunner()
  const done = new ReplicationQueue(runner, planFor({ replicationsMax: 4, isEnough: () => false })).run()
  await runner.answer(0, 1, 2)
  await runner.answer(3)
  expect((await done).replications).toHaveLength(4)
  expect(runner.started).toEqual([0, 1, 2, 3])
})

test('cancelled, it keeps the whole replications', async () => {
  const runner = new ManualRunner()
  const queue = new ReplicationQueue(runner, planFor({}))
  const done = queue.run()
  await runner.answer(1)
  queue.cancel()
  expect(runner.cancelled).toEqual([0, 1, 2])
  runner.settle(0, resultOf(0, true))
  runner.settle(2, undefined)
  const { replications, cancelled } = await done
  expect(cancelled).toBe(true)
  expect(replications.map(({ replication }) => replication)).toEqual([1])
})

test('cancelled before any was whole, it keeps the one that got farthest', async () => {
  const runner = new ManualRunner()
  const queue = new ReplicationQueue(runner, planFor({}))
  const done = queue.run()
  queue.cancel()
  runner.settle(0, resultOf(0, true, 4))
  runner.settle(1, resultOf(1, true, 6))
  runner.settle(2, undefined)
  expect((await done).replications.map(({ replication }) => replication)).toEqual([1])
})

test('one that breaks breaks the study at once, and the others are dropped', async () => {
  const runner = new ManualRunner()
  const done = new ReplicationQueue(runner, planFor({})).run()
  runner.fail(1)
  await expect(done).rejects.toThrow('it broke')
  expect(runner.cancelled).toEqual([0, 1, 2])
})

/** A fault that says only when. */
function faultAt(atNs: number): PlanFault {
  const place = { component: 0, name: 'desk', part: undefined }
  return { place, action: { kind: 'restore' }, timing: { kind: 'at', atNs, forNs: undefined } }
}

test('a fault strikes everywhere at the first instant that nobody has passed; what is over runs again with it', async () => {
  const runner = new ManualRunner()
  const queue = new ReplicationQueue(runner, planFor({ replications: 4, replicationsMax: 4 }))
  const done = queue.run()
  await runner.answer(0)
  runner.instants.set(1, 700).set(2, 900)
  expect(await queue.inject(faultAt)).toBe(901)
  expect(runner.started).toEqual([0, 1, 2, 3, 0])
  expect([0, 1, 2, 3].map((replication) => runner.faults.get(replication))).toEqual(
    [0, 1, 2, 3].map(() => [faultAt(901)]),
  )
  expect(runner.resumed).toEqual([0, 1, 2, 3])
  await runner.answer(1, 2, 3, 0)
  expect((await done).replications.map(({ replication }) => replication)).toEqual([0, 1, 2, 3])
})

test('what was decided before a fault is decided again, and later replications have it from the start', async () => {
  const runner = new ManualRunner()
  const asked: number[] = []
  const isEnough = (done: readonly ReplicationResult[]): boolean => {
    asked.push(done.length)
    return done.length >= 5
  }
  const queue = new ReplicationQueue(runner, planFor({ replications: 2, replicationsMax: 10, ahead: 1, isEnough }))
  const done = queue.run()
  await runner.answer(0, 1)
  runner.instants.set(2, 50)
  await queue.inject(faultAt)
  await runner.answer(0, 1)
  await runner.answer(2)
  await runner.answer(3)
  expect(runner.faults.get(3)).toEqual([faultAt(51)])
  await runner.answer(4)
  expect((await done).replications).toHaveLength(5)
  expect(asked).toEqual([2, 2, 3, 4, 5])
})

test('when nothing runs any more no fault can strike', async () => {
  const runner = new ManualRunner()
  const queue = new ReplicationQueue(runner, planFor({}))
  const done = queue.run()
  const injecting = queue.inject(faultAt)
  runner.settle(0, resultOf(0))
  runner.settle(1, resultOf(1))
  runner.settle(2, resultOf(2))
  expect(await injecting).toBeUndefined()
  expect((await done).replications).toHaveLength(3)
  expect(await queue.inject(faultAt)).toBeUndefined()
})

test('paused by hand, it stays so after a fault until it is resumed', async () => {
  const runner = new ManualRunner()
  const queue = new ReplicationQueue(runner, planFor({}))
  void queue.run()
  queue.pause()
  runner.instants.set(0, 10)
  expect(await queue.inject(faultAt)).toBe(11)
  expect(runner.resumed).toEqual([])
  queue.resume()
  expect(runner.resumed).toEqual([0, 1, 2])
})

test('pictures are asked of the lowest replication that is not over', async () => {
  const runner = new ManualRunner()
  const done = new ReplicationQueue(runner, planFor({ onPicture: () => {} })).run()
  await runner.answer(1)
  await runner.answer(0)
  await runner.answer(2)
  await done
  expect(runner.watched).toEqual([
    [0, 1],
    [0, 0],
    [2, 2],
  ])
})
