// Ends a simulating thread in the middle of a job that has one certain seed.
import { parentPort } from 'node:worker_threads'
import type { PoolMessage } from '../../../host/workers/worker-messages.ts'
import { DOOMED_SEED } from './doomed-seed.ts'

/** Begins to listen. */
export const listener = parentPort?.on('message', (message: PoolMessage) => {
  if (message.kind !== 'job' || message.seed !== DOOMED_SEED) return
  parentPort?.postMessage({ kind: 'progress', nowNs: 1e9, requests: 10 })
  process.exit(9)
})
