// What one replication measured after its warm-up, in the unit of time of the queueing model.
import { HISTOGRAM_BUCKETS } from '../../../sim-core/kernel/log-histogram.ts'
import { addSlices } from '../../../sim-core/metrics/histogram-series.ts'
import type { EndpointResult, ReplicationResult, StationResult } from '../../../sim-core/metrics/replication-result.ts'

/** Buckets at the start of a replication that no figure counts. */
const WARM_UP_BUCKETS = 2

/** Counts of durations by bucket, [HISTOGRAM_BUCKETS]. */
export type Histogram = Float64Array

/** One replication as its figures read it. */
export class Measured {
  /** Length of what is counted. */
  readonly time: number
  /** All requests as clients see them. */
  readonly client: MeasuredEndpoint
  private readonly result: ReplicationResult
  private readonly unitNs: number
  private readonly fromNs: number

  constructor(result: ReplicationResult, unitNs: number) {
    this.result = result
    this.unitNs = unitNs
    this.fromNs = result.bucketEndsNs[WARM_UP_BUCKETS - 1] ?? 0
    this.time = (result.endNs - this.fromNs) / unitNs
    this.client = this.endpointOf(result.endpoints.at(-1))
  }

  /** One endpoint by its `service.name`. */
  endpoint(id: string): MeasuredEndpoint {
    return this.endpointOf(this.result.endpoints.find((endpoint) => endpoint.id === id))
  }

  /** The processors of a service. */
  station(service: string): MeasuredStation {
    const station = this.result.stations.find(({ component, name }) => component === service && name === 'cpu')
    if (station === undefined) throw new Error(`nothing was measured of ${service}`)
    return new MeasuredStation(station, this.time, this.unitNs)
  }

  /** Utilisation of the busiest processors. */
  get utilisation(): number {
    const stations = this.result.stations.filter(({ name }) => name === 'cpu')
    return Math.max(...stations.map(({ component }) => this.station(component).utilisation))
  }

  private endpointOf(endpoint: EndpointResult | undefined): MeasuredEndpoint {
    if (endpoint === undefined) throw new Error('nothing was measured of an endpoint')
    return new MeasuredEndpoint(endpoint, this.time, this.unitNs)
  }
}

/** Requests of one endpoint. */
export class MeasuredEndpoint {
  readonly arrivals: number
  readonly completed: number
  /** Mean number in flight. */
  readonly inFlight: number
  /** Means over completed requests. */
  readonly latency: number
  readonly latencySum: number
  readonly queueTime: number
  readonly retryTime: number
  readonly throughput: number
  private readonly result: EndpointResult

  constructor(result: EndpointResult, time: number, unitNs: number) {
    const { columns } = result
    this.result = result
    this.arrivals = counted(columns.arrivals)
    this.completed = counted(columns.completed)
    this.inFlight = counted(columns.inFlightArea) / unitNs / time
    this.latencySum = counted(columns.latencySumNs) / unitNs
    this.latency = this.latencySum / this.completed
    this.queueTime = counted(columns.queueSumNs) / unitNs / this.completed
    this.retryTime = counted(columns.retrySumNs) / unitNs / this.completed
    this.throughput = this.completed / time
  }

  /** The latencies of the completed requests. */
  latencies(): Histogram {
    const counts = new Float64Array(HISTOGRAM_BUCKETS)
    addSlices(counts, this.result.latencies, WARM_UP_BUCKETS, this.result.columns.arrivals.length)
    return counts
  }
}

/** A group of processors. */
export class MeasuredStation {
  readonly visits: number
  /** Those of the visits that were let in. */
  readonly accepted: number
  readonly served: number
  /** Mean numbers in service and waiting. */
  readonly busy: number
  readonly queued: number
  readonly utilisation: number
  /** Mean wait of those served, zero waits included. */
  readonly wait: number
  /** Mean wait of everybody, those included who left without service: the total time spent waiting over the visits. */
  readonly waitOfAll: number
  readonly throughput: number
  readonly rejectedShare: number
  readonly abandonedShare: number
  /** Share of those let in who had to wait, served or not. */
  readonly waitedShare: number
  private readonly zeroWaits: number
  private readonly result: StationResult

  constructor(result: StationResult, time: number, unitNs: number) {
    const { columns } = result
    const abandoned = counted(columns.abandoned)
    const waited = counted(columns.waited)
    this.result = result
    this.visits = counted(columns.visits)
    this.accepted = this.visits - counted(columns.rejected)
    this.served = this.accepted - abandoned
    this.zeroWaits = Math.max(0, this.served - waited)
    this.busy = counted(columns.busyArea) / unitNs / time
    this.queued = counted(columns.queueArea) / unitNs / time
    this.utilisation = counted(columns.busyArea) / counted(columns.serverArea)
    this.wait = counted(columns.waitSumNs) / unitNs / this.served
    this.waitOfAll = counted(columns.queueArea) / unitNs / this.visits
    this.throughput = counted(columns.completed) / time
    this.rejectedShare = 1 - this.accepted / this.visits
    this.abandonedShare = abandoned / this.visits
    this.waitedShare = (waited + abandoned) / this.accepted
  }

  /** The waits of those served, zero waits included. */
  waits(): Histogram {
    const counts = new Float64Array(HISTOGRAM_BUCKETS)
    addSlices(counts, this.result.waits, WARM_UP_BUCKETS, this.result.columns.visits.length)
    counts[0] = counts[0]! + this.zeroWaits
    return counts
  }
}

/** The sum of a column after the warm-up. */
function counted(column: Float64Array): number {
  return column.subarray(WARM_UP_BUCKETS).reduce((sum, value) => sum + value, 0)
}

/** Mean numbers of requests by bucket after the warm-up, in the system and at each station that was used. */
export function populations(result: ReplicationResult): number[][] {
  const stations = result.stations.map(({ columns }) => columns.busyArea.map((area, i) => area + columns.queueArea[i]!))
  const client = result.endpoints.at(-1)?.columns.inFlightArea ?? new Float64Array()
  return [client, ...stations]
    .map((areas) => [...areas.subarray(WARM_UP_BUCKETS)])
    .filter((areas) => areas.some((area) => area > 0))
}
