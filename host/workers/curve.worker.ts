/** A thread that measures one eviction policy and ends: with a thread to itself, its code is compiled for it alone. */
import { parentPort, workerData } from 'node:worker_threads'
import { countMisses } from '../../sim-core/components/cache/curve/policy-replay.ts'
import type { CurveJob, CurveMessage } from './curve-messages.ts'
import { inlineMore } from './v8-flags.ts'

function post(message: CurveMessage): void {
  parentPort?.postMessage(message)
}

inlineMore()
const { policy, traces, capacities, seed } = workerData as CurveJob
let done = 0
const misses = traces.map((trace, index) => {
  const wanted = (capacities[index] ?? []).filter((capacity) => capacity > 0)
  const counted = countMisses(trace, policy, wanted, seed, (sizes) => post({ kind: 'progress', done: done + sizes }))
  done += wanted.length
  let next = 0
  return Float64Array.from(capacities[index] ?? [], (capacity) => (capacity > 0 ? counted[next++]! : 0))
})
post({ kind: 'done', misses })
