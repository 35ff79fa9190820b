// Collects everything a run measures and closes it bucket by bucket of simulated time.
import type { Frames } from '../kernel/frames.ts'
import { FRAME_FREE, ORPHAN } from '../kernel/frames.ts'
import { invariant } from '../kernel/invariant.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { CAUSE_IN_FLIGHT_LIMIT } from '../kernel/outcome.ts'
import { StationMeter } from '../kernel/station-meter.ts'
import type { KernelObserver } from '../kernel/trace.ts'
import type { EndpointBucket } from './endpoint-recorder.ts'
import { EndpointRecorder } from './endpoint-recorder.ts'
import { RequestTally } from './request-tally.ts'
import { HistogramSeries } from './histogram-series.ts'
import type {
  MetricSeries,
  ReplicationResult,
  RunSnapshot,
  StationBucket,
  TimelineEvent,
} from './replication-result.ts'
import { endpointResult, stationResult } from './replication-result.ts'
import { noTraces, TraceRecorder } from './trace-recorder.ts'

/** Most entries of a timeline; a run that flaps more often says so by the count alone. */
const TIMELINE_EVENTS_MAX = 10_000

/** What the recorder is made from. */
export interface RecorderOptions {
  readonly kernel: Kernel
  readonly endpointIds: readonly string[]
  /** How many causes of failure the plan knows. */
  readonly causes: number
  /** [instruction] = endpoint whose frames run it, -1 for none. */
  readonly endpointOfPc: Int32Array
  /** Every how many client requests one is traced whole. */
  readonly traceStride: number
}

interface Kept<R, B> {
  readonly source: R
  readonly buckets: B[]
  readonly slices: HistogramSeries
}

interface KeptMetric extends Omit<MetricSeries, 'values'> {
  readonly read: (nowNs: number) => number
  readonly values: number[]
  last: number
}

/** Everything measured in one replication. Counting happens in the event handlers; here it is written out per bucket. */
export class Recorder implements KernelObserver {
  /** Requests straight from clients, by endpoint index: the endpoint counts them, and the client side too. */
  readonly direct: readonly RequestTally[]
  /** Requests from services, and from clients that wait for more than the endpoint, by endpoint index. */
  readonly nested: readonly RequestTally[]
  /** Requests of clients that wait for more than the endpoint. */
  readonly clients: RequestTally
  /** By endpoint index. */
  readonly endpoints: readonly EndpointRecorder[]
  /** Requests as clients see them. */
  readonly client: EndpointRecorder
  readonly traces: TraceRecorder
  private readonly kernel: Kernel
  private readonly endpointOfPc: Int32Array
  private readonly keptEndpoints: Kept<EndpointRecorder, EndpointBucket>[]
  private readonly stations: (Kept<StationMeter, StationBucket> & {
    readonly component: string
    readonly name: string
  })[] = []
  private readonly metrics: KeptMetric[] = []
  private readonly timeline: TimelineEvent[] = []
  private timelineCount = 0
  private readonly bucketEndsNs: number[] = []

  constructor(options: RecorderOptions) {
    this.kernel = options.kernel
    this.endpointOfPc = options.endpointOfPc
    const tally = (): RequestTally => new RequestTally(options.causes, options.kernel)
    this.direct = options.endpointIds.map(tally)
    this.nested = options.endpointIds.map(tally)
    this.clients = tally()
    this.endpoints = options.endpointIds.map((id, i) => new EndpointRecorder(id, [this.direct[i]!, this.nested[i]!]))
    this.client = new EndpointRecorder('client', [this.clients, ...this.direct])
    this.traces = new TraceRecorder(options.traceStride, options.kernel.clock)
    this.keptEndpoints = [...this.endpoints, this.client].map((source) => ({
      source,
      buckets: [],
      slices: new HistogramSeries(),
    }))
    options.kernel.observer = this
  }

  /** A meter for a group of stations of a component, such as `cpu`. Called while the run is set up. */
  meter(component: string, name: string): StationMeter {
    const source = new StationMeter(this.kernel.clock)
    this.stations.push({ source, component, name, buckets: [], slices: new HistogramSeries() })
    return source
  }

  /** A cumulative count of a component; the series shows its increase per bucket. */
  counter(component: string, metric: string, unit: string, read: (nowNs: number) => number): void {
    this.metrics.push({ component, metric, unit, kind: 'counter', read, values: [], last: 0 })
  }

  /** A cumulative sum that means something in ratios alone, such as kilometres of all answers; the series as of a counter. */
  term(component: string, metric: string, unit: string, read: (nowNs: number) => number): void {
    this.metrics.push({ component, metric, unit, kind: 'term', read, values: [], last: 0 })
  }

  /** A quantity of a component as it stands at the end of each bucket. */
  gauge(component: string, metric: string, unit: string, read: (nowNs: number) => number): void {
    this.metrics.push({ component, metric, unit, kind: 'gauge', read, values: [], last: 0 })
  }

  /** Notes something worth a flag in the charts: scaling, faults, breakers. */
  note(event: Omit<TimelineEvent, 'atNs'>): void {
    if (this.timelineCount++ < TIMELINE_EVENTS_MAX) this.timeline.push({ atNs: this.kernel.nowNs, ...event })
  }

  /** A client's request could not even start. */
  refusedClient(): void {
    this.clients.arrived()
    this.clients.failedWith(CAUSE_IN_FLIGHT_LIMIT)
  }

  /** The request of a client's own frame is over, completed or failed as the frame says. */
  clientDone(frame: number): void {
    const { frames } = this.kernel
    const cause = frames.cause(frame)
    if (cause === 0) this.clients.completedFrame(frame)
    else this.clients.failedWith(cause)
    if (frames.trace(frame) >= 0) this.endTrace(frame)
  }

  /** The sampled request of this frame is over. */
  endTrace(frame: number): void {
    const { frames } = this.kernel
    const cause = frames.cause(frame)
    const parts = [frames.queueNs(frame), frames.networkNs(frame), frames.retryNs(frame), frames.lockNs(frame)] as const
    this.traces.end(frames.trace(frame), cause, parts)
  }

  segment(trace: number, pc: number, part: number, fromNs: number, toNs: number): void {
    this.traces.segment(trace, pc, part, fromNs, toNs)
  }

  orphaned(frame: number, cause: number): void {
    const endpoint = this.endpointOfPc[this.kernel.frames.pc(frame)]!
    if (endpoint >= 0) this.nested[endpoint]!.failedWith(cause)
  }

  /** Ends the present bucket: writes it out, and checks that no request was lost or counted twice. */
  closeBucket(nowNs: number): void {
    this.bucketEndsNs.push(nowNs)
    for (const kept of this.keptEndpoints) {
      kept.buckets.push(kept.source.takeBucket(nowNs))
      kept.source.gatherLatencies()
      kept.slices.take(kept.source.latencies)
    }
    for (const tally of [this.clients, ...this.direct, ...this.nested]) tally.reset(nowNs)
    for (const kept of this.stations) {
      kept.buckets.push({ ...kept.source.read(nowNs), endBusy: kept.source.busy, endQueued: kept.source.queued })
      kept.slices.take(kept.source.waits)
      kept.source.reset(nowNs)
    }
    for (const metric of this.metrics) {
      const value = metric.read(nowNs)
      metric.values.push(metric.kind === 'gauge' ? value : value - metric.last)
      metric.last = value
    }
    this.audit()
  }

  /** How things stand at this instant. Looking changes nothing. */
  snapshot(): RunSnapshot {
    const { nowNs, frames } = this.kernel
    return {
      nowNs,
      inFlight: frames.inUse,
      endpoints: [...this.endpoints, this.client].map(({ id, inFlight }) => ({ id, inFlight })),
      stations: this.stations.map(({ component, name, source: { busy, queued, servers } }) => ({
        component,
        name,
        busy,
        queued,
        servers,
      })),
      metrics: this.metrics.map(({ component, metric, unit, kind, read }) => ({
        component,
        metric,
        unit,
        kind,
        value: read(nowNs),
      })),
    }
  }

  /** Buckets that are closed. */
  get bucketsClosed(): number {
    return this.bucketEndsNs.length
  }

  /** What was measured; the last bucket must be closed. */
  finish(replication: number, partial: boolean): ReplicationResult {
    return { ...this.read(replication, 0, 0), partial, traces: this.traces.finish() }
  }

  /** What the closed buckets from `fromBucket` on measured, and the timeline from entry `fromEvent` on. Reading changes nothing. */
  read(replication: number, fromBucket: number, fromEvent: number): ReplicationResult {
    const kernel = this.kernel
    return {
      replication,
      partial: true,
      fingerprint: kernel.fingerprint(),
      events: kernel.eventsDone,
      endNs: this.bucketEndsNs.at(-1) ?? 0,
      bucketEndsNs: Float64Array.from(this.bucketEndsNs.slice(fromBucket)),
      inFlightPeak: kernel.frames.inUsePeak,
      endpoints: this.keptEndpoints.map(({ source, buckets, slices }) =>
        endpointResult(source, buckets.slice(fromBucket), slices.read(fromBucket)),
      ),
      stations: this.stations.map((kept) =>
        stationResult(kept.component, kept.name, kept.buckets.slice(fromBucket), kept.slices.read(fromBucket)),
      ),
      metrics: this.metrics.map(({ component, metric, unit, kind, values }) => ({
        component,
        metric,
        unit,
        kind,
        values: Float64Array.from(values.slice(fromBucket)),
      })),
      timeline: this.timeline.slice(fromEvent),
      timelineCount: this.timelineCount,
      traces: noTraces(),
    }
  }

  /** Counts the frames themselves and compares: arrivals = completed + failed + in flight, for every endpoint. */
  private audit(): void {
    const frames = this.kernel.frames
    const inFlight = this.recount(frames)
    for (const [index, endpoint] of this.endpoints.entries()) {
      invariant(endpoint.inFlight === inFlight[index], `requests in flight at ${endpoint.id} do not match its frames`)
    }
    for (const { source } of this.keptEndpoints) {
      const accounted = source.completedTotal + source.failedTotal + source.inFlight
      invariant(source.arrivalsTotal === accounted, `requests of ${source.id} were lost or counted twice`)
    }
  }

  private recount(frames: Frames): Int32Array {
    const inFlight = new Int32Array(this.endpoints.length)
    for (let frame = 0; frame < frames.highWater; frame++) {
      if (frames.state(frame) === FRAME_FREE || frames.parent(frame) === ORPHAN) continue
      const endpoint = this.endpointOfPc[frames.pc(frame)]!
      if (endpoint >= 0) inFlight[endpoint] = inFlight[endpoint]! + 1
    }
    return inFlight
  }
}
