// A thread that answers a job when it is cancelled, and at once when its seed is 0; the answer names the replication.
import { parentPort } from 'node:worker_threads'
import type { JobMessage } from '../../../host/workers/worker-messages.ts'

parentPort?.on('message', ({ seed, replication, control }: JobMessage) => {
  parentPort?.postMessage({ kind: 'progress', nowNs: replication, requests: 0 })
  if (seed !== 0) while (Atomics.load(control, 0) === 0);
  parentPort?.postMessage({ kind: 'done', result: { replication, partial: seed !== 0 } })
})
