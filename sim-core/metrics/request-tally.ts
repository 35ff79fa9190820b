// Counts requests of one kind, cheap enough for every request: outcomes, latencies, where the time went.
import type { Frames } from '../kernel/frames.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { HISTOGRAM_BUCKETS, recordDuration } from '../kernel/log-histogram.ts'

/** Places in `sums`. */
export const FROM_NS = 0
export const IN_FLIGHT_AREA = 1
export const LATENCY = 2
export const QUEUE = 3
export const NETWORK = 4
export const LOCK = 5
export const RETRY = 6
const SUMS = 7

// The same for use in here: a module's own constant is folded into the code, an exported one is read each time.
const FROM = FROM_NS
const AREA = IN_FLIGHT_AREA
const LATENCY_SUM = LATENCY
const QUEUE_SUM = QUEUE
const NETWORK_SUM = NETWORK
const LOCK_SUM = LOCK
const RETRY_SUM = RETRY

/**
 * One count of requests since the start of the present bucket; see StationMeter for how areas are kept. A request arrives
 * once and then completes or fails once.
 */
export class RequestTally {
  /** Requests in flight. */
  inFlight = 0
  arrivals = 0
  completed = 0
  failed = 0
  /** Totals of the buckets before, for conservation. */
  arrivalsBefore = 0
  completedBefore = 0
  failedBefore = 0
  /** Failures by cause. */
  readonly failures: Uint32Array
  /** Latencies of completed requests. */
  readonly latencies = new Uint32Array(HISTOGRAM_BUCKETS)
  /** Sums in ns over completed requests, and the area in request x ns, at the places above. */
  readonly sums = new Float64Array(SUMS)
  private readonly clock: Float64Array
  private readonly frames: Frames

  constructor(causes: number, kernel: Kernel) {
    this.clock = kernel.clock
    this.frames = kernel.frames
    this.failures = new Uint32Array(causes)
  }

  arrived(): void {
    const sums = this.sums
    this.arrivals++
    this.inFlight++
    sums[AREA] = sums[AREA]! - (this.clock[0]! - sums[FROM]!)
  }

  /** A frame that started at its `startNs` has completed. */
  completedFrame(frame: number): void {
    const { frames, sums } = this
    const nowNs = this.clock[0]!
    const latencyNs = nowNs - frames.startNs(frame)
    this.inFlight--
    this.completed++
    sums[AREA] = sums[AREA]! + nowNs - sums[FROM]!
    sums[LATENCY_SUM] = sums[LATENCY_SUM]! + latencyNs
    sums[QUEUE_SUM] = sums[QUEUE_SUM]! + frames.queueNs(frame)
    sums[NETWORK_SUM] = sums[NETWORK_SUM]! + frames.networkNs(frame)
    sums[LOCK_SUM] = sums[LOCK_SUM]! + frames.lockNs(frame)
    sums[RETRY_SUM] = sums[RETRY_SUM]! + frames.retryNs(frame)
    recordDuration(this.latencies, latencyNs)
  }

  /** A request has failed with a cause, be it still worked on or not. */
  failedWith(cause: number): void {
    const sums = this.sums
    this.inFlight--
    this.failed++
    sums[AREA] = sums[AREA]! + this.clock[0]! - sums[FROM]!
    this.failures[cause] = this.failures[cause]! + 1
  }

  /** Starts the next bucket. */
  reset(nowNs: number): void {
    this.arrivalsBefore += this.arrivals
    this.completedBefore += this.completed
    this.failedBefore += this.failed
    this.arrivals = 0
    if (this.completed > 0) this.latencies.fill(0)
    if (this.failed > 0) this.failures.fill(0)
    this.completed = 0
    this.failed = 0
    this.sums.fill(0)
    this.sums[FROM] = nowNs
  }
}
