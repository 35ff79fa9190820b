// A thread that misbehaves as its job's seed says: 1 dies, 2 throws outside every handler, 3 reports a broken invariant, 4 that there is no memory.
import { parentPort } from 'node:worker_threads'
import type { JobMessage } from '../../../host/workers/worker-messages.ts'

parentPort?.on('message', ({ seed }: JobMessage) => {
  if (seed === 1) process.exit(9)
  if (seed === 2) throw new Error('out of cheese')
  const failed = { kind: 'failed', message: 'a request was lost', trace: 'at somewhere', nowNs: 1.5e9 }
  parentPort?.postMessage({ ...failed, isMemory: seed === 4 })
})
