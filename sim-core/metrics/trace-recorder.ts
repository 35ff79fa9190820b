// A sample of whole client requests: every segment of their time, with the instruction where it was spent.
import { PARTS } from '../kernel/trace.ts'

/** Traces kept at most; sampling is sparse enough that runs as long as expected stay well below. */
const TRACES_MAX = 40_000
/** Segments kept at most; a trace that finds no room is left out whole. */
const SEGMENTS_MAX = 4_000_000

/** Sampled requests as columns. Segments of trace i are those with `segmentTrace` = i, in the order they ended. */
export interface TraceSet {
  readonly stride: number
  readonly startNs: Float64Array
  /** NaN while it is not over. */
  readonly endNs: Float64Array
  /** Entry endpoint, an index. */
  readonly endpoint: Int32Array
  /** Cause of failure, 0 for success. */
  readonly cause: Uint8Array
  /** Time per part in ns [trace x part]; service is the rest, so each row sums to the whole. */
  readonly parts: Float64Array
  readonly segmentTrace: Int32Array
  readonly segmentPc: Int32Array
  readonly segmentPart: Uint8Array
  readonly segmentFromNs: Float64Array
  readonly segmentToNs: Float64Array
}

/** Nothing sampled. */
export function noTraces(): TraceSet {
  return new TraceRecorder(1, new Float64Array(1)).finish()
}

/** Samples every `stride`-th client request. */
export class TraceRecorder {
  private readonly stride: number
  private readonly clock: Float64Array
  private untilNext: number
  private readonly startNs: number[] = []
  private readonly endNs: number[] = []
  private readonly endpoint: number[] = []
  private readonly cause: number[] = []
  private readonly parts: number[] = []
  private segments = 0
  private segmentTrace = new Int32Array(1024)
  private segmentPc = new Int32Array(1024)
  private segmentPart = new Uint8Array(1024)
  private segmentFromNs = new Float64Array(1024)
  private segmentToNs = new Float64Array(1024)

  /** @param clock [0] is the present instant in ns */
  constructor(stride: number, clock: Float64Array) {
    this.clock = clock
    this.stride = stride
    this.untilNext = Math.ceil(stride / 2)
  }

  /** A client request begins: its trace, or -1 when it is not sampled. */
  begin(endpoint: number): number {
    if (--this.untilNext > 0) return -1
    this.untilNext = this.stride
    if (this.startNs.length >= TRACES_MAX || this.segments >= SEGMENTS_MAX) return -1
    this.endNs.push(NaN)
    this.endpoint.push(endpoint)
    this.cause.push(0)
    for (let part = 0; part < PARTS.length; part++) this.parts.push(0)
    return this.startNs.push(this.clock[0]!) - 1
  }

  segment(trace: number, pc: number, part: number, fromNs: number, toNs: number): void {
    if (toNs <= fromNs || this.endNs[trace] === this.endNs[trace] || this.segments >= SEGMENTS_MAX) return
    if (this.segments === this.segmentTrace.length) this.grow()
    const at = this.segments++
    this.segmentTrace[at] = trace
    this.segmentPc[at] = pc
    this.segmentPart[at] = part
    this.segmentFromNs[at] = fromNs
    this.segmentToNs[at] = toNs
  }

  /** The request is over. Parts are those of its frame; what they leave of its duration is service. */
  end(
    trace: number,
    cause: number,
    parts: readonly [queue: number, network: number, retry: number, lock: number],
  ): void {
    const [queue, network, retry, lock] = parts
    const nowNs = this.clock[0]!
    const service = nowNs - this.startNs[trace]! - queue - network - retry - lock
    this.endNs[trace] = nowNs
    this.cause[trace] = cause
    const row = [queue, service, network, retry, lock]
    for (const [part, durationNs] of row.entries()) this.parts[trace * PARTS.length + part] = durationNs
  }

  finish(): TraceSet {
    return {
      stride: this.stride,
      startNs: Float64Array.from(this.startNs),
      endNs: Float64Array.from(this.endNs),
      endpoint: Int32Array.from(this.endpoint),
      cause: Uint8Array.from(this.cause),
      parts: Float64Array.from(this.parts),
      segmentTrace: this.segmentTrace.slice(0, this.segments),
      segmentPc: this.segmentPc.slice(0, this.segments),
      segmentPart: this.segmentPart.slice(0, this.segments),
      segmentFromNs: this.segmentFromNs.slice(0, this.segments),
      segmentToNs: this.segmentToNs.slice(0, this.segments),
    }
  }

  private grow(): void {
    const { segmentTrace, segmentPc, segmentPart, segmentFromNs, segmentToNs } = this
    const length = segmentTrace.length * 2
    this.segmentTrace = new Int32Array(length)
    this.segmentPc = new Int32Array(length)
    this.segmentPart = new Uint8Array(length)
    this.segmentFromNs = new Float64Array(length)
    this.segmentToNs = new Float64Array(length)
    this.segmentTrace.set(segmentTrace)
    this.segmentPc.set(segmentPc)
    this.segmentPart.set(segmentPart)
    this.segmentFromNs.set(segmentFromNs)
    this.segmentToNs.set(segmentToNs)
  }
}
