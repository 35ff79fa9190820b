// What one endpoint (or the client side as a whole) measures: outcomes, latencies, where the time went.
import type { Frames } from '../kernel/frames.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { HISTOGRAM_BUCKETS, recordDuration } from '../kernel/log-histogram.ts'

/** Places in `sums`. */
const FROM_NS = 0
const IN_FLIGHT_AREA = 1
const LATENCY = 2
const QUEUE = 3
const NETWORK = 4
const LOCK = 5
const RETRY = 6
const SUMS = 7

/** What was counted in one bucket; areas in request x ns, sums in ns over completed requests. */
export interface EndpointBucket {
  readonly arrivals: number
  readonly completed: number
  readonly failed: number
  readonly failedByCause: Uint32Array
  readonly inFlightArea: number
  readonly latencySumNs: number
  readonly queueSumNs: number
  readonly networkSumNs: number
  readonly lockSumNs: number
  readonly retrySumNs: number
}

/**
 * Counts requests of one endpoint; see StationMeter for how areas are kept. A request arrives once and then completes or fails once; one whose caller gave up fails
 * at that moment, and what is still done for it counts as wasted.
 */
export class EndpointRecorder {
  readonly id: string
  /** Requests in flight, abandoned ones not included. */
  inFlight = 0
  /** Work finished for callers that no longer waited. */
  wasted = 0
  /** Since the start of the run, for conservation. */
  arrivalsTotal = 0
  completedTotal = 0
  failedTotal = 0
  /** Latencies of completed requests in the present bucket. */
  readonly latencies = new Uint32Array(HISTOGRAM_BUCKETS)
  private arrivals = 0
  private completed = 0
  private failed = 0
  private readonly failures: Uint32Array
  private readonly sums = new Float64Array(SUMS)

  private readonly clock: Float64Array
  private readonly frames: Frames

  constructor(id: string, causes: number, kernel: Kernel) {
    this.id = id
    this.clock = kernel.clock
    this.frames = kernel.frames
    this.failures = new Uint32Array(causes)
  }

  arrived(): void {
    const sums = this.sums
    this.arrivals++
    this.inFlight++
    sums[IN_FLIGHT_AREA] = sums[IN_FLIGHT_AREA]! - (this.clock[0]! - sums[FROM_NS]!)
  }

  /** A frame that started at its `startNs` has completed. */
  completedFrame(frame: number): void {
    const { frames, sums } = this
    const nowNs = this.clock[0]!
    const latencyNs = nowNs - frames.startNs(frame)
    this.inFlight--
    this.completed++
    sums[IN_FLIGHT_AREA] = sums[IN_FLIGHT_AREA]! + nowNs - sums[FROM_NS]!
    sums[LATENCY] = sums[LATENCY]! + latencyNs
    sums[QUEUE] = sums[QUEUE]! + frames.queueNs(frame)
    sums[NETWORK] = sums[NETWORK]! + frames.networkNs(frame)
    sums[LOCK] = sums[LOCK]! + frames.lockNs(frame)
    sums[RETRY] = sums[RETRY]! + frames.retryNs(frame)
    recordDuration(this.latencies, latencyNs)
  }

  /** A request has failed with a cause, be it still worked on or not. */
  failedWith(cause: number): void {
    const sums = this.sums
    this.inFlight--
    this.failed++
    sums[IN_FLIGHT_AREA] = sums[IN_FLIGHT_AREA]! + this.clock[0]! - sums[FROM_NS]!
    this.failures[cause] = this.failures[cause]! + 1
  }

  /** Takes what the present bucket counted and starts the next. */
  takeBucket(nowNs: number): EndpointBucket {
    const sums = this.sums
    const bucket: EndpointBucket = {
      arrivals: this.arrivals,
      completed: this.completed,
      failed: this.failed,
      failedByCause: this.failures.slice(),
      inFlightArea: sums[IN_FLIGHT_AREA]! + this.inFlight * (nowNs - sums[FROM_NS]!),
      latencySumNs: sums[LATENCY]!,
      queueSumNs: sums[QUEUE]!,
      networkSumNs: sums[NETWORK]!,
      lockSumNs: sums[LOCK]!,
      retrySumNs: sums[RETRY]!,
    }
    this.arrivalsTotal += this.arrivals
    this.completedTotal += this.completed
    this.failedTotal += this.failed
    this.arrivals = 0
    this.completed = 0
    this.failed = 0
    this.failures.fill(0)
    sums.fill(0)
    sums[FROM_NS] = nowNs
    return bucket
  }
}
