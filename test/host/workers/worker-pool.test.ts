// The pool: order, cancellation, and threads that die.
import { afterEach, describe, expect, test } from 'vitest'
import { WorkerPool } from '../../../host/workers/worker-pool.ts'
import type { JobPriority } from '../../../host/workers/worker-pool.ts'
import type { ReplicationJob, ReplicationPicture } from '../../../host/workers/worker-messages.ts'
import type { HostError } from '../../../host/contract/host-error.ts'
import { planOf } from '../../support/study.ts'
import { queueScenario } from '../support/scenarios.ts'

const CRASHING = new URL('../support/crashing.worker.ts', import.meta.url)
const PATIENT = new URL('../support/patient.worker.ts', import.meta.url)

const pools: WorkerPool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function poolOf(size: number, program?: URL): WorkerPool {
  const pool = new WorkerPool(size, program)
  pools.push(pool)
  return pool
}

function job(seed: number, replication = 0): ReplicationJob {
  return { plan: planOf(queueScenario()), seed, replication, faults: [] }
}

const silent = (): void => {}

test('jobs start in the order they come, and threads are used again', async () => {
  const pool = poolOf(1, PATIENT)
  const started: number[] = []
  const jobs = [0, 1, 2, 3].map((replication) => pool.run(job(0, replication), ({ nowNs }) => started.push(nowNs)))
  const results = await Promise.all(jobs.map(({ result }) => result))
  expect(results.map((result) => result?.replication)).toEqual([0, 1, 2, 3])
  expect(started).toEqual([0, 1, 2, 3])
})

test('a running job that is cancelled ends early, a waiting one never starts', async () => {
  const pool = poolOf(1, PATIENT)
  const { promise: hasStarted, resolve: started } = Promise.withResolvers<void>()
  const running = pool.run(job(1), () => started())
  const waiting = pool.run(job(1, 1), () => expect.fail('it has started'))
  await hasStarted
  waiting.cancel()
  running.cancel()
  expect(await running.result).toMatchObject({ replication: 0, partial: true })
  expect(await waiting.result).toBeUndefined()
})

test('who waits at the screen goes before what was asked for earlier in the background', async () => {
  const pool = poolOf(1, PATIENT)
  const order: number[] = []
  const hand = (replication: number, priority: JobPriority) =>
    pool.run(job(0, replication), ({ nowNs }) => order.push(nowNs), priority)
  const jobs = [hand(0, 'background'), hand(1, 'background'), hand(2, 'interactive'), hand(3, 'interactive')]
  await Promise.all(jobs.map(({ result }) => result))
  expect(order).toEqual([0, 2, 3, 1])
})

describe('pausing', () => {
  const plan = planOf(queueScenario('{ duration: 5m, warmup: 0s, replications: 1 }'))
  const simulation = { plan, seed: 1, replication: 0, faults: [] }

  test('stands still at an instant that it tells, goes on, and finds the same', async () => {
    const pool = poolOf(1)
    const expected = (await pool.run(simulation, silent).result)?.fingerprint
    let seenNs = 0
    const { promise: hasStarted, resolve: started } = Promise.withResolvers<void>()
    const running = pool.run(simulation, ({ nowNs }) => {
      seenNs = nowNs
      started()
    })
    await hasStarted
    const stoodNs = await running.pause()
    expect(stoodNs).toBeGreaterThanOrEqual(seenNs)
    expect(await running.pause()).toBe(stoodNs)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(seenNs).toBe(stoodNs)
    // So quickly that the thread may not notice, and then it must answer the second pause all the same.
    for (let time = 0; time < 50; time++) {
      running.resume()
      expect(await running.pause()).toBeGreaterThanOrEqual(stoodNs!)
    }
    running.resume()
    expect((await running.result)?.fingerprint).toBe(expected)
    expect(await running.pause()).toBeUndefined()
  })

  test('takes no time of a processor', async () => {
    const pool = poolOf(1)
    const running = pool.run(simulation, silent)
    await running.pause()
    const before = process.cpuUsage()
    await new Promise((resolve) => setTimeout(resolve, 400))
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1_000).toBeLessThan(200)
    running.cancel()
    expect((await running.result)?.partial).toBe(true)
  })

  test('what waits does not start while it is paused, and lets others go first', async () => {
    const pool = poolOf(1, PATIENT)
    const order: number[] = []
    const jobs = [1, 2, 3].map((replication) => pool.run(job(0, replication), ({ nowNs }) => order.push(nowNs)))
    expect(await jobs[1]!.pause()).toBeUndefined()
    await jobs[2]!.result
    expect(order).toEqual([1, 3])
    jobs[1]!.resume()
    await jobs[1]!.result
    expect(order).toEqual([1, 3, 2])
  })

  test('closing ends threads that stand still', async () => {
    const pool = new WorkerPool(1)
    const running = pool.run(simulation, silent)
    running.result.catch(() => {})
    await running.pause()
    await pool.close()
    await expect(running.result).rejects.toThrow('ended')
  })
})

describe('watching', () => {
  test('each number asks for pictures anew, from the first row on', async () => {
    const pool = poolOf(1)
    const plan = planOf(queueScenario('{ duration: 100m, warmup: 0s, bucket: 10s, replications: 1 }'))
    const seen: ReplicationPicture[] = []
    const running = pool.run({ plan, seed: 1, replication: 0, faults: [] }, ({ picture }) => {
      if (picture === undefined) return
      seen.push(picture)
      if (seen.length === 2) running.watch(0)
      if (seen.length === 2) setTimeout(() => running.watch(2), 150)
    })
    running.watch(1)
    await running.result
    const again = seen.filter(({ pictures }) => pictures === 2)
    const ends = again.flatMap(({ rows }) => rows['end_s'] ?? [])
    expect(seen[0]).toMatchObject({ pictures: 1, fromBucket: 0 })
    expect(again[0]?.fromBucket).toBe(0)
    expect(ends).toEqual(Array.from({ length: 600 }, (_, bucket) => 10 * (bucket + 1)))
  })
})

test.each([
  [1, 'worker-crashed', 'the thread ended with code 9'],
  [2, 'worker-crashed', 'out of cheese'],
  [3, 'internal', 'a request was lost (at 1.5 s of simulated time)'],
  [4, 'worker-crashed', 'ran out of memory'],
])('a thread that fails by way %i is an error, and the next job has a thread', async (seed, code, words) => {
  const pool = poolOf(1, CRASHING)
  for (let time = 0; time < 2; time++) {
    const error = await pool.run(job(seed), silent).result.then(
      () => expect.fail('it has a result'),
      (reason: unknown) => reason as HostError,
    )
    expect(error.details.code).toBe(code)
    expect(error.message).toContain(words)
  }
})

test('a broken plan is an internal error of its job alone', async () => {
  const pool = poolOf(1)
  const plan = planOf(queueScenario('{ duration: 1s, warmup: 0s, replications: 1 }'))
  const broken = { ...plan, components: [{ ...plan.components[0]!, kind: 'nothing' }] }
  await expect(pool.run({ plan: broken, seed: 1, replication: 0, faults: [] }, silent).result).rejects.toThrow(
    'a kind that the catalog does not list',
  )
  expect((await pool.run({ plan, seed: 1, replication: 0, faults: [] }, silent).result)?.partial).toBe(false)
})
