// Replications on worker threads: how soon the first requests are done, and what a second core brings.
import { Worker } from 'node:worker_threads'
import type { Measurement } from './benchmark.ts'
import { peakMb } from './benchmark.ts'

/** What a bench worker is asked for. */
export interface Task {
  readonly text: string
  readonly replication: number
  /** Stops after so many requests. */
  readonly requestsMax: number
}

/** What it answers. */
export interface Answer {
  readonly requests: number
  readonly events: number
  readonly check: number
}

class BenchWorker {
  private readonly worker = new Worker(new URL('replication.worker.ts', import.meta.url))

  ask(task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', resolve)
      this.worker.once('error', reject)
      this.worker.postMessage(task)
    })
  }

  async end(): Promise<void> {
    await this.worker.terminate()
  }
}

/** From the text of a scenario to its first requests, on a worker that has run another scenario before. */
export async function firstRequests(text: string, other: string, requests: number): Promise<Measurement> {
  const worker = new BenchWorker()
  await worker.ask({ text: other, replication: 0, requestsMax: requests })
  const startMs = performance.now()
  const answer = await worker.ask({ text, replication: 0, requestsMax: requests })
  const seconds = (performance.now() - startMs) / 1000
  await worker.end()
  return { ...answer, seconds, setUpSeconds: 0, peakMb: peakMb() }
}

/** So many replications of a scenario at the same time, each on a worker of its own. */
export async function replications(text: string, workers: number): Promise<Measurement> {
  const pool = Array.from({ length: workers }, () => new BenchWorker())
  await Promise.all(pool.map((worker) => worker.ask({ text, replication: 0, requestsMax: 1 })))
  const startMs = performance.now()
  const answers = await Promise.all(
    pool.map((worker, replication) => worker.ask({ text, replication, requestsMax: Infinity })),
  )
  const seconds = (performance.now() - startMs) / 1000
  await Promise.all(pool.map((worker) => worker.end()))
  const total = (of: (answer: Answer) => number): number => answers.reduce((sum, answer) => sum + of(answer), 0)
  return {
    requests: total(({ requests }) => requests),
    events: total(({ events }) => events),
    seconds,
    setUpSeconds: 0,
    peakMb: peakMb(),
    check: total(({ check }) => check) / workers,
  }
}
