// The pool: order, cancellation, and threads that die.
import { afterEach, expect, test } from 'vitest'
import { WorkerPool } from '../../../host/workers/worker-pool.ts'
import type { ReplicationJob } from '../../../host/workers/worker-messages.ts'
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

test.each([
  [1, 'worker-crashed', 'the thread ended with code 9'],
  [2, 'worker-crashed', 'out of cheese'],
  [3, 'internal', 'a request was lost (at 1.5 s of simulated time)'],
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
