/** A pool of simulating threads: jobs start in the order they come, each on the next free thread. */
import { Worker } from 'node:worker_threads'
import { HostError } from '../contract/host-error.ts'
import type { JobMessage, ReplicationJob, ReplicationProgress, WorkerMessage } from './worker-messages.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'

/** The program of every thread. */
const SIMULATION = new URL('./sim.worker.ts', import.meta.url)

/** A job that was handed in. */
export interface PooledJob {
  /** Undefined when it was cancelled before it started. Rejects with a HostError when it breaks. */
  readonly result: Promise<ReplicationResult | undefined>
  /** Stops it soon: a running one ends early and its result is partial. */
  cancel(): void
}

interface QueuedJob {
  readonly message: JobMessage
  readonly onProgress: (progress: ReplicationProgress) => void
  readonly resolve: (result: ReplicationResult | undefined) => void
  readonly reject: (error: HostError) => void
}

/** Threads are started when they are first needed, kept warm, and replaced when they die. */
export class WorkerPool {
  readonly #size: number
  readonly #program: URL
  readonly #queue: QueuedJob[] = []
  readonly #idle: Worker[] = []
  readonly #threads = new Set<Worker>()

  /**
   * @param size most threads at once
   * @param program what each thread runs: it answers a JobMessage by WorkerMessages
   */
  constructor(size: number, program: URL = SIMULATION) {
    this.#size = size
    this.#program = program
  }

  /** Hands a job in. */
  run(job: ReplicationJob, onProgress: (progress: ReplicationProgress) => void): PooledJob {
    const cancelFlag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const { promise, resolve, reject } = Promise.withResolvers<ReplicationResult | undefined>()
    this.#queue.push({ message: { ...job, cancelFlag }, onProgress, resolve, reject })
    this.#startJobs()
    return { result: promise, cancel: () => void Atomics.store(cancelFlag, 0, 1) }
  }

  /** Ends every thread; jobs under way are lost. */
  async close(): Promise<void> {
    this.#queue.length = 0
    await Promise.all([...this.#threads].map((thread) => thread.terminate()))
  }

  #startJobs(): void {
    for (;;) {
      const job = this.#queue[0]
      if (job === undefined) return
      if (Atomics.load(job.message.cancelFlag, 0) !== 0) {
        this.#queue.shift()
        job.resolve(undefined)
        continue
      }
      const thread = this.#freeThread()
      if (thread === undefined) return
      this.#queue.shift()
      this.#assign(thread, job)
    }
  }

  #freeThread(): Worker | undefined {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#threads.size >= this.#size) return undefined
    const thread = new Worker(this.#program)
    this.#threads.add(thread)
    // Whatever happens, also while it has no job, a dead thread is given none.
    thread.on('error', () => this.#forget(thread)).on('exit', () => this.#forget(thread))
    return thread
  }

  #forget(thread: Worker): void {
    this.#threads.delete(thread)
    const place = this.#idle.indexOf(thread)
    if (place >= 0) this.#idle.splice(place, 1)
  }

  #assign(thread: Worker, job: QueuedJob): void {
    const settle = (isAlive: boolean): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      if (isAlive) this.#idle.push(thread)
      else this.#forget(thread)
      this.#startJobs()
    }
    const onMessage = (message: WorkerMessage): void => {
      if (message.kind === 'progress') return job.onProgress(message)
      if (message.kind === 'done') job.resolve(message.result)
      else job.reject(brokenInvariant(message))
      settle(true)
    }
    const onError = (error: unknown): void => {
      job.reject(crash(error))
      settle(false)
    }
    const onExit = (code: number): void => onError(new Error(`the thread ended with code ${code}`))
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
    thread.postMessage(job.message)
  }
}

function brokenInvariant({ message, trace, nowNs }: WorkerMessage & { readonly kind: 'failed' }): HostError {
  const text = `${message} (at ${nowNs / 1e9} s of simulated time)`
  return new HostError({ code: 'internal', message: text, hint: 'replay it and report it', retryable: false, trace })
}

function crash(error: unknown): HostError {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new HostError({
    code: 'worker-crashed',
    message: isMemory ? 'a simulating thread ran out of memory' : `a simulating thread died: ${message}`,
    hint: isMemory ? 'use fewer workers, a longer bucket or a lower run.limits.in_flight' : 'run it again',
    retryable: true,
    trace: stack,
  })
}
