/** Gathers the requests of a cache curve: all of them, or those of several samples of the keys; looks at the memory. */
import type { AccessTrace, MarkedKeys } from '../../sim-core/components/cache/curve/access-trace.ts'
import { AccessCollector, footprint } from '../../sim-core/components/cache/curve/access-trace.ts'
import { SAMPLES, SpatialSample } from '../../sim-core/components/cache/curve/spatial-sample.ts'

/** Share of the keys that is advised to be sampled where all are too many. */
export const ADVISED_SAMPLE = 0.01

/** Bytes of a request while it is gathered and copied, and of its time. */
const REQUEST_BYTES = 20
const TIME_BYTES = 28

/** Bytes that a thread needs for a request (the optimum knows the next one for the same key) and for a key (LIRS, ARC). */
const THREAD_REQUEST_BYTES = 8
const THREAD_KEY_BYTES = 120

/** Bytes of a key outside of threads: its number, its size, and its text in a table. */
const KEY_BYTES = 80

/** What is gathered, and how much memory there is for it. */
export interface GatheringOptions {
  /** Above 0 and below 1; every key when absent. */
  readonly sampleRatio: number | undefined
  readonly hasTimes: boolean
  readonly threads: number
}

/** What was gathered. */
export interface GatheredTraces {
  readonly traces: readonly AccessTrace[]
  /** Requests for all keys. */
  readonly requests: number
  /** Requests among them for keys that are never kept: they miss at any size, and are in no trace. */
  readonly neverKept: number
  /** Keys that were asked for and are kept, and the sum of their sizes; estimates where keys were sampled. */
  readonly distinctKeys: number
  readonly footprint: number
  readonly compulsoryMissRatio: number
}

/** Takes requests one by one. */
export class TraceGatherer {
  readonly #options: GatheringOptions
  readonly #samples: readonly SpatialSample[]
  readonly #collectors: readonly AccessCollector[]
  #requests = 0
  #neverKept = 0

  constructor(options: GatheringOptions) {
    const { sampleRatio, hasTimes } = options
    this.#options = options
    this.#samples =
      sampleRatio === undefined
        ? []
        : Array.from({ length: SAMPLES }, (_, sample) => new SpatialSample(sampleRatio, sample))
    const traces = Math.max(1, this.#samples.length)
    this.#collectors = Array.from({ length: traces }, () => new AccessCollector(hasTimes))
  }

  /** Requests so far, for whatever key. */
  get requests(): number {
    return this.#requests
  }

  /** Counts a request, and answers which samples want its key: a bit for each, 0 for none. */
  count(hash: number): number {
    this.#requests += 1
    const samples = this.#samples
    if (samples.length === 0) return 1
    let wanted = 0
    for (let sample = 0; sample < samples.length; sample++) if (samples[sample]!.has(hash)) wanted |= 1 << sample
    return wanted
  }

  /** Adds a request for a key that is its own hash, whose time is not known; one for a key that is never kept is counted alone. */
  addOrCount(key: number, isKept: boolean): void {
    if (isKept) {
      this.add(this.count(key), key, 0)
      return
    }
    this.#requests += 1
    this.#neverKept += 1
  }

  /** Adds the request that was counted last to the samples that want it. */
  add(wanted: number, key: number, timeNs: number): void {
    for (let sample = 0; sample < this.#collectors.length; sample++) {
      if ((wanted & (1 << sample)) !== 0) this.#collectors[sample]!.add(key, timeNs)
    }
  }

  /** Bytes that measuring will take if no further request comes. @param keys known so far */
  bytesNeeded(keys: number): number {
    let kept = 0
    for (const { length } of this.#collectors) kept += length
    return bytesNeeded(kept, keys, this.#collectors.length, this.#options)
  }

  /**
   * Ends the gathering.
   * @param keys all are below it
   * @param gapNs mean time between two requests, those that are never kept among them
   * @param sizeBytes of a key; absent where only entries count
   * @param marked keys of which marks are kept
   */
  finish(keys: number, gapNs: number, sizeBytes?: (key: number) => number, marked?: MarkedKeys): GatheredTraces {
    const rate = this.#options.sampleRatio ?? 1
    const replayed = Math.max(1, this.#requests - this.#neverKept) / Math.max(1, this.#requests)
    const gap = gapNs / replayed / rate
    const traces = this.#collectors.map((each) => shared(each.trace(keys, gap, sizeBytes, marked)))
    const mean = (value: (trace: AccessTrace) => number): number =>
      traces.reduce((sum, trace) => sum + value(trace), 0) / traces.length / rate
    const distinctKeys = Math.round(mean(({ universe }) => universe))
    return {
      traces,
      requests: this.#requests,
      neverKept: this.#neverKept,
      distinctKeys,
      footprint: Math.round(mean(footprint)),
      compulsoryMissRatio: Math.min(1, distinctKeys / Math.max(1, this.#requests)),
    }
  }
}

/** Bytes for so many requests kept, over all traces, and so many different keys. */
export function bytesNeeded(
  kept: number,
  keys: number,
  traces: number,
  { hasTimes, threads }: Pick<GatheringOptions, 'hasTimes' | 'threads'>,
): number {
  const gathered = kept * (REQUEST_BYTES + (hasTimes ? TIME_BYTES : 0)) + keys * KEY_BYTES
  return gathered + (threads * (kept * THREAD_REQUEST_BYTES + keys * THREAD_KEY_BYTES)) / traces
}

/** The same trace in memory that threads share. */
function shared(trace: AccessTrace): AccessTrace {
  const { keys, sizesBytes, timesNs, marks } = trace
  const sharedKeys = new Int32Array(new SharedArrayBuffer(keys.byteLength))
  sharedKeys.set(keys)
  return {
    ...trace,
    keys: sharedKeys,
    ...(sizesBytes === undefined ? {} : { sizesBytes: sharedDoubles(sizesBytes) }),
    ...(timesNs === undefined ? {} : { timesNs: sharedDoubles(timesNs) }),
    ...(marks === undefined ? {} : { marks: { ...marks, isMark: sharedBytes(marks.isMark) } }),
  }
}

function sharedBytes(values: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}

function sharedDoubles(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength))
  copy.set(values)
  return copy
}
