// How much memory a request in flight takes.
import { createRun } from '../../sim-core/run.ts'
import type { Measurement } from './benchmark.ts'
import { peakMb } from './benchmark.ts'
import { planOf, STEP_EVENTS } from './engine-workload.ts'

/** Share of the way to the highest number in flight at which the first reading is taken, code and buffers being there. */
const FIRST_READING_SHARE = 0.1

/**
 * Runs a scenario in which requests pile up and reads the memory twice. The check is the bytes that each request between
 * the two readings added.
 */
export function bytesPerRequest(text: string, inFlight: number): Measurement {
  const run = createRun(planOf(text), 7, 0)
  const startMs = performance.now()
  let first: { readonly requests: number; readonly bytes: number } | undefined
  while (run.requests < inFlight && run.step(STEP_EVENTS / 10)) {
    if (first === undefined && run.requests >= inFlight * FIRST_READING_SHARE) first = reading(run.requests)
  }
  const last = reading(run.requests)
  const seconds = (performance.now() - startMs) / 1000
  const bytes = (last.bytes - first!.bytes) / (last.requests - first!.requests)
  return { requests: run.requests, events: run.requests, seconds, setUpSeconds: 0, peakMb: peakMb(), check: bytes }
}

function reading(requests: number): { readonly requests: number; readonly bytes: number } {
  return { requests, bytes: process.memoryUsage.rss() }
}
