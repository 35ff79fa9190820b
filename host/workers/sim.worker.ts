/** A thread that simulates one replication at a time, as the pool asks: a thin shell around a run. */
import { parentPort } from 'node:worker_threads'
import { createRun } from '../../sim-core/run.ts'
import { inlineMore } from './v8-flags.ts'
import type { JobMessage, WorkerMessage } from './worker-messages.ts'

/** Events between two looks at the clock and the flag: about 25 ms. */
const EVENTS_PER_STEP = 50_000

/** Least time between two messages of progress, in ms. */
const PROGRESS_INTERVAL_MS = 100

/** Results are copied, at a few ms each: once a thread has handed a buffer over, V8 checks every access to any (8 % of a run). */
function post(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function simulate({ plan, seed, replication, cancelFlag }: JobMessage): void {
  let nowNs = 0
  try {
    post({ kind: 'progress', nowNs, requests: 0 })
    const run = createRun(plan, seed, replication)
    let reportedMs = performance.now()
    while (Atomics.load(cancelFlag, 0) === 0 && run.step(EVENTS_PER_STEP)) {
      nowNs = run.nowNs
      const nowMs = performance.now()
      if (nowMs - reportedMs < PROGRESS_INTERVAL_MS) continue
      reportedMs = nowMs
      post({ kind: 'progress', nowNs, requests: run.requests })
    }
    nowNs = run.nowNs
    post({ kind: 'done', result: run.finish() })
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    post({ kind: 'failed', message, trace: stack, nowNs })
  }
}

inlineMore()
parentPort?.on('message', simulate)
