// A worker thread that runs replications of the scenarios it is sent.
import { parentPort } from 'node:worker_threads'
import { createRun } from '../../sim-core/run.ts'
import { meanLatencyMs, planOf, STEP_EVENTS } from './engine-workload.ts'
import type { Answer, Task } from './worker-workloads.ts'

/** Events between two looks at the number of requests, where that ends the run. */
const FINE_STEP_EVENTS = 1_000

parentPort!.on('message', ({ text, replication, requestsMax }: Task) => {
  const run = createRun(planOf(text), 7, replication)
  const stepEvents = requestsMax === Infinity ? STEP_EVENTS : FINE_STEP_EVENTS
  while (run.step(stepEvents) && run.requests < requestsMax);
  const result = run.finish()
  const answer: Answer = { requests: run.requests, events: result.events, check: meanLatencyMs(result) }
  parentPort!.postMessage(answer)
})
