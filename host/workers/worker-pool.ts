/** A pool of simulating threads: jobs start by priority and then in the order they come, each on the next free thread. */
import { Worker } from 'node:worker_threads'
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { HostError } from '../contract/host-error.ts'
import { COMMAND, COMMAND_CANCEL, COMMAND_PAUSE, COMMAND_RUN, CONTROL_WORDS, PICTURES } from './worker-messages.ts'
import type { FaultMessage, JobMessage, ReplicationJob, ReplicationProgress, WorkerMessage } from './worker-messages.ts'

/** The program of every thread: beside this file, as source or built. */
const SIMULATION = new URL(import.meta.url.endsWith('.ts') ? './sim.worker.ts' : './sim.worker.js', import.meta.url)

/** Who goes first when threads are scarce: somebody who waits at the screen. */
export type JobPriority = 'interactive' | 'background'

/** A job that was handed in. */
export interface PooledJob {
  /** Undefined when it was cancelled before it started. Rejects with a HostError when it breaks. */
  readonly result: Promise<ReplicationResult | undefined>
  /** Stops it soon: a running one ends early and its result is partial. */
  cancel(): void
  /** Lets it stand still: a running one soon, a waiting one does not start. Answers the instant reached in ns, if it runs. */
  pause(): Promise<number | undefined>
  /** Lets it go on. */
  resume(): void
  /** Asks for pictures under this number, with the first row first; 0 for none. */
  watch(pictures: number): void
  /** Adds a fault to a job that has not started or stands still. */
  inject(fault: PlanFault): void
}

/** Threads are started when they are first needed, kept warm, and replaced when they die. */
export class WorkerPool {
  readonly #size: number
  readonly #program: URL
  readonly #queue: QueuedJob[] = []
  readonly #idle: Worker[] = []
  readonly #threads = new Set<Worker>()
  #closed = false

  /**
   * @param size most threads at once
   * @param program what each thread runs: it answers PoolMessages by WorkerMessages
   */
  constructor(size: number, program: URL = SIMULATION) {
    this.#size = size
    this.#program = program
  }

  /** Hands a job in. */
  run(
    job: ReplicationJob,
    onProgress: (progress: ReplicationProgress) => void,
    priority: JobPriority = 'interactive',
  ): PooledJob {
    const queued = new QueuedJob(job, onProgress, priority, () => this.#startJobs())
    const behind = priority === 'interactive' ? this.#queue.findIndex((other) => other.priority !== priority) : -1
    this.#queue.splice(behind < 0 ? this.#queue.length : behind, 0, queued)
    this.#startJobs()
    return queued
  }

  /** Starts a thread before there is work for it, so that the first job need not wait for that. */
  warmUp(): void {
    if (this.#threads.size === 0) this.#idle.push(this.#newThread())
  }

  /** Ends every thread; jobs under way break, those that wait never settle. */
  async close(): Promise<void> {
    this.#closed = true
    this.#queue.length = 0
    await Promise.all([...this.#threads].map((thread) => thread.terminate()))
  }

  #startJobs(): void {
    for (const job of this.#queue.filter(({ command }) => command === COMMAND_CANCEL)) {
      this.#queue.splice(this.#queue.indexOf(job), 1)
      job.dropped()
    }
    while (!this.#closed) {
      const job = this.#queue.find(({ command }) => command === COMMAND_RUN)
      const thread = job === undefined ? undefined : this.#freeThread()
      if (job === undefined || thread === undefined) return
      this.#queue.splice(this.#queue.indexOf(job), 1)
      job.start(thread, (isAlive) => this.#release(thread, isAlive))
    }
  }

  #release(thread: Worker, isAlive: boolean): void {
    if (isAlive) this.#idle.push(thread)
    else this.#forget(thread)
    this.#startJobs()
  }

  #freeThread(): Worker | undefined {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    return this.#threads.size >= this.#size ? undefined : this.#newThread()
  }

  #newThread(): Worker {
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
}

/** One job, from the queue to its end. */
class QueuedJob implements PooledJob {
  readonly result: Promise<ReplicationResult | undefined>
  readonly priority: JobPriority
  readonly #job: ReplicationJob
  readonly #faults: PlanFault[]
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT))
  readonly #onProgress: (progress: ReplicationProgress) => void
  readonly #onCommand: () => void
  readonly #settled = Promise.withResolvers<ReplicationResult | undefined>()
  #thread: Worker | undefined
  #pauses = 0
  #stands: PromiseWithResolvers<number | undefined> | undefined

  constructor(
    job: ReplicationJob,
    onProgress: (progress: ReplicationProgress) => void,
    priority: JobPriority,
    onCommand: () => void,
  ) {
    this.#job = job
    this.#faults = [...job.faults]
    this.#onProgress = onProgress
    this.priority = priority
    this.#onCommand = onCommand
    this.result = this.#settled.promise
  }

  get command(): number {
    return Atomics.load(this.#control, COMMAND)
  }

  cancel(): void {
    this.#command(COMMAND_CANCEL)
  }

  async pause(): Promise<number | undefined> {
    if (this.command === COMMAND_RUN) {
      this.#stands = Promise.withResolvers()
      this.#command(COMMAND_PAUSE + this.#pauses++)
    }
    return this.#thread === undefined ? undefined : await this.#stands?.promise
  }

  resume(): void {
    if (this.command < COMMAND_PAUSE) return
    this.#stands?.resolve(undefined)
    this.#command(COMMAND_RUN)
  }

  watch(pictures: number): void {
    Atomics.store(this.#control, PICTURES, pictures)
  }

  inject(fault: PlanFault): void {
    this.#faults.push(fault)
    const message: FaultMessage = { kind: 'fault', fault }
    this.#thread?.postMessage(message)
  }

  /** It was cancelled before it started. */
  dropped(): void {
    this.#settled.resolve(undefined)
  }

  start(thread: Worker, onEnd: (isAlive: boolean) => void): void {
    const end = (isAlive: boolean): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      this.#thread = undefined
      this.#stands?.resolve(undefined)
      onEnd(isAlive)
    }
    const onMessage = (message: WorkerMessage): void => {
      if (message.kind === 'progress') return this.#onProgress(message)
      if (message.kind === 'paused') return this.#stoodStill(message)
      if (message.kind === 'done') this.#settled.resolve(message.result)
      else this.#settled.reject(message.isMemory ? outOfMemory(message.trace) : brokenInvariant(message))
      end(true)
    }
    const onError = (error: unknown): void => {
      this.#settled.reject(crash(error))
      end(false)
    }
    const onExit = (code: number): void => onError(new Error(`the thread ended with code ${code}`))
    this.#thread = thread
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
    const message: JobMessage = { kind: 'job', ...this.#job, faults: this.#faults, control: this.#control }
    thread.postMessage(message)
  }

  /** An answer to an earlier pause says nothing any more. */
  #stoodStill({ command, nowNs }: WorkerMessage & { readonly kind: 'paused' }): void {
    if (command === this.command) this.#stands?.resolve(nowNs)
  }

  #command(command: number): void {
    Atomics.store(this.#control, COMMAND, command)
    Atomics.notify(this.#control, COMMAND)
    this.#onCommand()
  }
}

function brokenInvariant({ message, trace, nowNs }: WorkerMessage & { readonly kind: 'failed' }): HostError {
  const text = `${message} (at ${nowNs / 1e9} s of simulated time)`
  return new HostError({ code: 'internal', message: text, hint: 'replay it and report it', retryable: false, trace })
}

function crash(error: unknown): HostError {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return outOfMemory(stack)
  return new HostError({
    code: 'worker-crashed',
    message: `a simulating thread died: ${message}`,
    hint: 'run it again',
    retryable: true,
    trace: stack,
  })
}

function outOfMemory(trace: string): HostError {
  return new HostError({
    code: 'worker-crashed',
    message: 'a simulating thread ran out of memory',
    hint: 'use fewer workers, a longer bucket or a lower run.limits.in_flight',
    retryable: true,
    trace,
  })
}
