/** A thread that simulates one replication at a time, as the pool asks: a thin shell around a run. */
import { parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { createRun } from '../../sim-core/run.ts'
import type { Run } from '../../sim-core/run.ts'
import { LivePictures } from './live-picture.ts'
import { StepSize } from './step-size.ts'
import { inlineMore } from './v8-flags.ts'
import type { JobMessage, PoolMessage, WorkerMessage } from './worker-messages.ts'
import { COMMAND, COMMAND_CANCEL, COMMAND_PAUSE, PICTURES } from './worker-messages.ts'

/** Least time between two messages of progress, in ms. */
const PROGRESS_INTERVAL_MS = 100

/** What V8 says when there is no memory for an array. */
const NO_MEMORY = /allocation failed/u

/** Results are copied, at a few ms each: once a thread has handed a buffer over, V8 checks every access to any (8 % of a run). */
function post(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function simulate({ plan, seed, replication, faults, control }: JobMessage): void {
  let run: Run | undefined
  try {
    post({ kind: 'progress', nowNs: 0, requests: 0 })
    run = createRun(plan, seed, replication)
    for (const fault of faults) run.inject(fault)
    const pictures = new LivePictures(run, plan.measurement.bucketNs)
    advance(run, control, pictures)
    const result = run.finish()
    report(run, control, pictures)
    post({ kind: 'done', result })
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    const isMemory = error instanceof RangeError && NO_MEMORY.test(message)
    post({ kind: 'failed', message, trace: stack, nowNs: run?.nowNs ?? 0, isMemory })
  }
}

/** Steps until the run is over or cancelled, looking up in between. */
function advance(run: Run, control: JobMessage['control'], pictures: LivePictures): void {
  const size = new StepSize()
  let shown = 0
  let reportedMs = -Infinity
  for (;;) {
    if (Atomics.load(control, COMMAND) >= COMMAND_PAUSE) standStill(run, control, pictures)
    if (Atomics.load(control, COMMAND) === COMMAND_CANCEL) return
    const fromMs = performance.now()
    const wanted = Atomics.load(control, PICTURES)
    if (fromMs - reportedMs >= PROGRESS_INTERVAL_MS || (wanted !== shown && wanted !== 0)) {
      report(run, control, pictures)
      reportedMs = fromMs
      shown = wanted
    }
    if (!run.step(size.events)) return
    size.took(performance.now() - fromMs)
  }
}

/** Tells how far it is; with a picture when this replication is the one that is watched. */
function report(run: Run, control: JobMessage['control'], pictures: LivePictures): void {
  const { nowNs, requests } = run
  const wanted = Atomics.load(control, PICTURES)
  if (wanted === 0) post({ kind: 'progress', nowNs, requests })
  else post({ kind: 'progress', nowNs, requests, picture: pictures.next(wanted) })
}

/** Waits, without computing anything, until it may go on; then takes the faults that were sent meanwhile. */
function standStill(run: Run, control: JobMessage['control'], pictures: LivePictures): void {
  report(run, control, pictures)
  for (;;) {
    const command = Atomics.load(control, COMMAND)
    if (command < COMMAND_PAUSE) break
    post({ kind: 'paused', command, nowNs: run.nowNs })
    Atomics.wait(control, COMMAND, command)
  }
  for (;;) {
    const received = parentPort === null ? undefined : receiveMessageOnPort(parentPort)
    if (received === undefined) return
    const message = received.message as PoolMessage
    if (message.kind === 'fault') run.inject(message.fault)
  }
}

inlineMore()
// A fault that comes when its replication is over is of no use to anybody.
parentPort?.on('message', (message: PoolMessage) => {
  if (message.kind === 'job') simulate(message)
})
