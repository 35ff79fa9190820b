/** Replays requests through every policy at every size, each policy on a thread of its own. */
import { Worker } from 'node:worker_threads'
import type { Interval } from '../../sim-core/analysis/confidence.ts'
import { tInterval } from '../../sim-core/analysis/confidence.ts'
import type { AccessTrace } from '../../sim-core/components/cache/curve/access-trace.ts'
import { adjustedMissRatio, SCALED_ENTRIES_MIN } from '../../sim-core/components/cache/curve/spatial-sample.ts'
import type { PolicyCurve } from '../contract/cache-curve-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { CurveJob, CurveMessage } from '../workers/curve-messages.ts'
import type { GatheredTraces } from './trace-gatherer.ts'

/** The program of every thread: beside the others, as source or built. */
const CURVE = new URL(
  import.meta.url.endsWith('.ts') ? '../workers/curve.worker.ts' : './curve.worker.js',
  import.meta.url,
)

/** Confidence of the error bounds. */
export const CONFIDENCE = 0.95

/** What is measured. */
export interface CurveMeasurement {
  readonly gathered: GatheredTraces
  readonly policies: readonly { readonly id: string; readonly label: string }[]
  readonly sizes: readonly number[]
  readonly sampleRatio: number | undefined
  readonly seed: number
  /** Threads at once. */
  readonly threads: number
  /** Told the share that is done. */
  readonly onProgress: (doneRatio: number) => void
}

/** A measurement under way. */
export class CurveRun {
  readonly #measurement: CurveMeasurement
  readonly #threads = new Set<Worker>()
  readonly #capacities: readonly (readonly number[])[]
  /** Sizes done of each policy, over all traces. */
  readonly #done: number[]
  #isCancelled = false

  constructor(measurement: CurveMeasurement) {
    this.#measurement = measurement
    const { gathered, sizes, sampleRatio } = measurement
    this.#capacities = gathered.traces.map((trace) => scaledSizes(trace, sizes, sampleRatio))
    this.#done = measurement.policies.map(() => 0)
  }

  /** Measures; the curves of those policies that were done when it was cancelled. Rejects with a HostError. */
  async curves(): Promise<readonly PolicyCurve[]> {
    const { policies, threads } = this.#measurement
    const curves: (PolicyCurve | undefined)[] = policies.map(() => undefined)
    let next = 0
    const work = async (): Promise<void> => {
      while (next < policies.length && !this.#isCancelled) {
        const index = next++
        const misses = await this.#measure(index)
        if (misses !== undefined) curves[index] = this.#curveOf(policies[index]!, misses)
      }
    }
    try {
      await Promise.all(Array.from({ length: Math.min(threads, policies.length) }, work))
    } finally {
      this.cancel()
    }
    return curves.filter((curve) => curve !== undefined)
  }

  cancel(): void {
    this.#isCancelled = true
    for (const thread of this.#threads) void thread.terminate()
  }

  /** Misses by trace and size; undefined when it was cancelled. */
  #measure(index: number): Promise<readonly Float64Array[] | undefined> {
    const { gathered, policies, seed } = this.#measurement
    const policy = policies[index]!.id
    const job: CurveJob = { policy, traces: gathered.traces, capacities: this.#capacities, seed }
    const { promise, resolve, reject } = Promise.withResolvers<readonly Float64Array[] | undefined>()
    const thread = new Worker(CURVE, { workerData: job })
    this.#threads.add(thread)
    thread
      .on('message', (message: CurveMessage) => {
        if (message.kind === 'done') resolve(message.misses)
        else this.#progressed(index, message.done)
      })
      .on('error', (error) => reject(crash(policy, error)))
      .on('exit', () => {
        this.#threads.delete(thread)
        if (this.#isCancelled) resolve(undefined)
        else reject(crash(policy, new Error('the thread ended early')))
      })
    return promise
  }

  #progressed(index: number, done: number): void {
    this.#done[index] = done
    const wanted = this.#capacities.reduce((sum, sizes) => sum + sizes.filter((size) => size > 0).length, 0)
    const all = this.#done.reduce((sum, each) => sum + each, 0)
    this.#measurement.onProgress(all / Math.max(1, wanted * this.#done.length))
  }

  #curveOf(
    { id, label }: { readonly id: string; readonly label: string },
    misses: readonly Float64Array[],
  ): PolicyCurve {
    const { gathered, sizes, sampleRatio } = this.#measurement
    const { requests, neverKept } = gathered
    if (sampleRatio === undefined) {
      return { id, label, miss_ratio: sizes.map((_, size) => (neverKept + misses[0]![size]!) / requests) }
    }
    const intervals = sizes.map((_, size) => {
      if (this.#capacities.some((capacities) => capacities[size] === 0)) return undefined
      const ratios = misses.map((each) => neverKept / requests + adjustedMissRatio(each[size]!, requests, sampleRatio))
      return sampledInterval(ratios)
    })
    return {
      id,
      label,
      miss_ratio: intervals.map((interval) => interval?.mean ?? null),
      low: intervals.map((interval) => interval?.low ?? null),
      high: intervals.map((interval) => interval?.high ?? null),
    }
  }
}

/** The mean of the miss ratios of samples, and its interval, as far as they are ratios; those of a sample may be above 1. */
export function sampledInterval(ratios: readonly number[]): Interval {
  const { mean, low, high } = tInterval(ratios, CONFIDENCE)
  return { mean: clipped(mean), low: clipped(low), high: clipped(high) }
}

function clipped(ratio: number): number {
  return Math.max(0, Math.min(1, ratio))
}

/** Sizes for one trace: those of a sample are smaller, and 0 where they would hold too few entries to say anything. */
function scaledSizes(trace: AccessTrace, sizes: readonly number[], sampleRatio: number | undefined): number[] {
  if (sampleRatio === undefined) return [...sizes]
  const { universe, sizesBytes } = trace
  const entryBytes = sizesBytes === undefined ? 1 : sizesBytes.reduce((sum, size) => sum + size, 0) / universe
  return sizes.map((size) => {
    const scaled = Math.round(size * sampleRatio)
    return universe > 0 && scaled >= SCALED_ENTRIES_MIN * entryBytes ? scaled : 0
  })
}

function crash(policy: string, error: unknown): HostError {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return new HostError({
    code: 'worker-crashed',
    message: `the thread that measured ${policy} died: ${message}`,
    hint: 'run it again with fewer --requests, or with --sample 1%',
    retryable: true,
    trace: stack,
  })
}
