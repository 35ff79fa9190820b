/** Runs a scenario's text and answers what happened to every client request, in units that tests can read. */
import { createRun } from '../../../sim-core/run.ts'
import type { Run } from '../../../sim-core/run.ts'
import { PARTS } from '../../../sim-core/kernel/trace.ts'
import type { PartName } from '../../../sim-core/kernel/trace.ts'
import type { EndpointResult, ReplicationResult, StationResult } from '../../../sim-core/metrics/replication-result.ts'
import type { Plan } from '../../../sim-core/model/plan.ts'
import { planOf } from '../../support/study.ts'

/** One client request. Times in ms; NaN ends one that was still under way. */
export interface ObservedRequest {
  readonly endpoint: string
  readonly startMs: number
  readonly endMs: number
  readonly cause: string
  readonly partsMs: Readonly<Record<PartName, number>>
  readonly segments: readonly { readonly part: PartName; readonly fromMs: number; readonly toMs: number }[]
}

/** A run that is over, with what tests ask of it. */
export interface ObservedRun {
  readonly plan: Plan
  readonly result: ReplicationResult
  /** In the order in which they began. */
  readonly requests: readonly ObservedRequest[]
  /** Counts of one endpoint, or of `client`, over the whole run. */
  endpoint(id: string): {
    arrivals: number
    completed: number
    failed: number
    wasted: number
    causes: Record<string, number>
  }
  /** Sum of a counter over the run. */
  total(component: string, metric: string): number
  /** Values of a metric at the end of each bucket. */
  values(component: string, metric: string): number[]
  station(component: string, name: string): StationResult
  /** Sum of one column of a station. */
  stationTotal(component: string, name: string, column: keyof StationResult['columns']): number
  /** Texts of the timeline by instant in ms. */
  readonly timeline: readonly (readonly [atMs: number, text: string])[]
}

/** What a test may change of a run. */
export interface ObserveOptions {
  readonly seed?: number
  readonly eventsPerStep?: number
  /** Called between steps. */
  readonly between?: (run: Run) => void
}

const NS_PER_MS = 1e6

/** Runs the scenario to its end with every request traced. */
export function observe(text: string, options: ObserveOptions = {}): ObservedRun {
  const compiled = planOf(text)
  const plan: Plan = { ...compiled, measurement: { ...compiled.measurement, traceStride: 1 } }
  const run = createRun(plan, options.seed ?? 1, 0)
  while (run.step(options.eventsPerStep ?? 1_000_000)) options.between?.(run)
  return observed(plan, run.finish())
}

function observed(plan: Plan, result: ReplicationResult): ObservedRun {
  const series = (component: string, metric: string): number[] => {
    const found = result.metrics.find((entry) => entry.component === component && entry.metric === metric)
    if (found === undefined) throw new Error(`no metric ${component}.${metric}`)
    return [...found.values]
  }
  const station = (component: string, name: string): StationResult => {
    const found = result.stations.find((entry) => entry.component === component && entry.name === name)
    if (found === undefined) throw new Error(`no station ${component}/${name}`)
    return found
  }
  return {
    plan,
    result,
    requests: requestsOf(plan, result),
    endpoint: (id) => countsOf(plan, result, id),
    total: (component, metric) => sum(series(component, metric)),
    values: series,
    station,
    stationTotal: (component, name, column) => sum(station(component, name).columns[column]),
    timeline: result.timeline.map(({ atNs, text }) => [atNs / NS_PER_MS, text]),
  }
}

function countsOf(plan: Plan, result: ReplicationResult, id: string): ReturnType<ObservedRun['endpoint']> {
  const endpoint = result.endpoints.find((entry) => entry.id === id)
  if (endpoint === undefined) throw new Error(`no endpoint ${id}`)
  const { arrivals, completed, failed } = endpoint.columns
  return {
    arrivals: sum(arrivals),
    completed: sum(completed),
    failed: sum(failed),
    wasted: endpoint.wasted,
    causes: causesOf(plan, endpoint),
  }
}

function causesOf(plan: Plan, { failures }: EndpointResult): Record<string, number> {
  const causes: Record<string, number> = {}
  for (const [index, count] of failures.entries()) {
    const cause = plan.causes[index % plan.causes.length]!
    if (count > 0) causes[cause] = (causes[cause] ?? 0) + count
  }
  return causes
}

function requestsOf(plan: Plan, { traces }: ReplicationResult): ObservedRequest[] {
  const segments: ObservedRequest['segments'][number][][] = Array.from(traces.startNs, () => [])
  for (const [at, trace] of traces.segmentTrace.entries()) {
    segments[trace]!.push({
      part: PARTS[traces.segmentPart[at]!]!,
      fromMs: traces.segmentFromNs[at]! / NS_PER_MS,
      toMs: traces.segmentToNs[at]! / NS_PER_MS,
    })
  }
  return segments.map((own, trace) => ({
    endpoint: plan.endpoints[traces.endpoint[trace]!]!.id,
    startMs: traces.startNs[trace]! / NS_PER_MS,
    endMs: traces.endNs[trace]! / NS_PER_MS,
    cause: plan.causes[traces.cause[trace]!]!,
    partsMs: partsOf(traces.parts.subarray(trace * PARTS.length)),
    segments: own,
  }))
}

function partsOf(partsNs: Float64Array): Record<PartName, number> {
  return Object.fromEntries(PARTS.map((part, i) => [part, partsNs[i]! / NS_PER_MS])) as Record<PartName, number>
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}
