// What one endpoint (or the client side as a whole) measures, put together from the tallies that count for it.
import { HISTOGRAM_BUCKETS } from '../kernel/log-histogram.ts'
import type { RequestTally } from './request-tally.ts'
import { FROM_NS, IN_FLIGHT_AREA, LATENCY, LOCK, NETWORK, QUEUE, RETRY } from './request-tally.ts'

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
 * Requests of one endpoint, or of clients. A request straight from a client to an endpoint is one request for both, so it is
 * counted once, in a tally that both add up. One whose caller gave up fails at that moment; what is still done for it counts
 * as wasted.
 */
export class EndpointRecorder {
  readonly id: string
  /** Work finished for callers that no longer waited. */
  wasted = 0
  /** Latencies of completed requests in the bucket taken last, until someone clears them. */
  readonly latencies = new Uint32Array(HISTOGRAM_BUCKETS)
  private readonly tallies: readonly RequestTally[]

  constructor(id: string, tallies: readonly RequestTally[]) {
    this.id = id
    this.tallies = tallies
  }

  /** Requests in flight, abandoned ones not included. */
  get inFlight(): number {
    return this.total((tally) => tally.inFlight)
  }

  /** Since the start of the run. */
  get arrivalsTotal(): number {
    return this.total((tally) => tally.arrivalsBefore + tally.arrivals)
  }

  get completedTotal(): number {
    return this.total((tally) => tally.completedBefore + tally.completed)
  }

  get failedTotal(): number {
    return this.total((tally) => tally.failedBefore + tally.failed)
  }

  /** What the present bucket counted, up to `nowNs`. The tallies must be reset once all who share them have asked. */
  takeBucket(nowNs: number): EndpointBucket {
    const sum = (place: number): number => this.total(({ sums }) => sums[place]!)
    return {
      arrivals: this.total(({ arrivals }) => arrivals),
      completed: this.total(({ completed }) => completed),
      failed: this.total(({ failed }) => failed),
      failedByCause: this.addedUp(({ failures }) => failures),
      inFlightArea: this.total(({ sums, inFlight }) => sums[IN_FLIGHT_AREA]! + inFlight * (nowNs - sums[FROM_NS]!)),
      latencySumNs: sum(LATENCY),
      queueSumNs: sum(QUEUE),
      networkSumNs: sum(NETWORK),
      lockSumNs: sum(LOCK),
      retrySumNs: sum(RETRY),
    }
  }

  /** Writes the present bucket's latencies to `latencies`. */
  gatherLatencies(): void {
    const { latencies } = this
    for (const tally of this.tallies) {
      if (tally.completed === 0) continue
      const counts = tally.latencies
      for (let bucket = 0; bucket < latencies.length; bucket++) latencies[bucket] = latencies[bucket]! + counts[bucket]!
    }
  }

  private total(of: (tally: RequestTally) => number): number {
    let sum = 0
    for (const tally of this.tallies) sum += of(tally)
    return sum
  }

  private addedUp(of: (tally: RequestTally) => Uint32Array): Uint32Array {
    const sums = of(this.tallies[0]!).slice()
    for (const tally of this.tallies.slice(1)) of(tally).forEach((count, i) => (sums[i] = sums[i]! + count))
    return sums
  }
}
