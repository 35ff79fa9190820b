// Ends a simulating thread in the middle of a job whose seed is 13.
import { parentPort } from 'node:worker_threads'
import type { PoolMessage } from '../../../host/workers/worker-messages.ts'

parentPort?.on('message', (message: PoolMessage) => {
  if (message.kind !== 'job' || message.seed !== 13) return
  parentPort?.postMessage({ kind: 'progress', nowNs: 1e9, requests: 10 })
  process.exit(9)
})
