/** What the overview shows: tiles, objectives, the series of its charts, and whose time is decomposed. */
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import type { Estimate, LatencyCohort, ObjectiveResult, StudyResult } from '../../../sim-core/analysis/study-result.ts'
import type { Breakdown } from '../../charts/BarBreakdown.tsx'
import type { HeatRow } from '../../charts/heat-model.ts'
import { timeParts } from '../../charts/TimeParts.tsx'
import { complement } from './result-quality.ts'

/** A figure that everybody asks for first. */
export interface Tile {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly estimate: Estimate
  /** Null when it could have one but has none; absent for figures that never do. */
  readonly objective?: ObjectiveResult | null
  /** What it means. */
  readonly help?: string
}

/** All client requests, in series. */
export const CLIENT = 'client'

export function tilesOf({ clients, objectives }: StudyResult, peakLoadRps: number | null): Tile[] {
  const objective = (metric: string): ObjectiveResult | null =>
    objectives.find((each) => each.endpoint === null && each.metric === metric) ?? null
  const tile = (id: string, label: string, unit: string, estimate: Estimate): Tile => ({
    id,
    label,
    unit,
    estimate,
    objective: objective(id),
  })
  return [
    tile('p95', 'p95 latency', 'ms', clients.latency_ms.p95),
    tile('errors', 'Errors', 'ratio', clients.error_ratio),
    tile('availability', 'Availability', 'ratio', complement(clients.error_ratio)),
    tile('throughput', 'Throughput', 'req/s', clients.throughput_rps),
    ...(peakLoadRps === null
      ? []
      : [{ id: 'peak', label: 'Peak load', unit: 'req/s', estimate: { mean: peakLoadRps, low: null, high: null } }]),
  ]
}

/** Missed ones first, then open ones, then those that hold; within each as the scenario has them. */
export function objectivesInOrder(objectives: readonly ObjectiveResult[]): ObjectiveResult[] {
  const rank = ({ pass }: ObjectiveResult): number => (pass === null ? 1 : pass ? 2 : 0)
  return objectives.toSorted((a, b) => rank(a) - rank(b))
}

/** Names of all series that the overview draws, of those that there are. */
export function overviewSeries(names: readonly string[]): string[] {
  const wanted = ['arrivals_rps', 'completed_rps', 'failed_rps', 'p50_ms', 'p95_ms', 'p99_ms'].map(
    (figure) => `${CLIENT}/${figure}`,
  )
  return names.filter((name) => wanted.includes(name) || name.endsWith('/utilisation'))
}

/** One row per component: at each moment the utilisation of its busiest station. */
export function heatRows(components: readonly string[], columns: SeriesColumns): HeatRow[] {
  return components.flatMap((component) => {
    const own = Object.entries(columns)
      .filter(([name]) => name.startsWith(`${component}/`) && name.endsWith('/utilisation'))
      .map(([, column]) => column)
    const [first] = own
    return first === undefined ? [] : [{ id: component, label: component, ...highest(own) }]
  })
}

/** The highest of several series at each instant that any of them has. */
function highest(columns: readonly SeriesColumns[string][]): Pick<HeatRow, 'x' | 'y'> {
  const byInstant = new Map<number, number | null>()
  for (const { endS, values } of columns) {
    for (const [index, atS] of endS.entries()) {
      const value = values[index] ?? null
      const known = byInstant.get(atS) ?? null
      byInstant.set(atS, value === null ? known : Math.max(value, known ?? -Infinity))
    }
  }
  const instants = [...byInstant].toSorted(([a], [b]) => a - b)
  return { x: instants.map(([atS]) => atS), y: instants.map(([, value]) => value) }
}

/** The endpoint whose time matters most: the one that misses an objective of latency, else the one with the slowest p99. */
export function endpointInQuestion({
  cohorts,
  objectives,
}: Pick<StudyResult, 'cohorts' | 'objectives'>): string | null {
  const explained = [...new Set(cohorts.map(({ endpoint }) => endpoint))]
  const missing = objectives.find(
    ({ endpoint, pass }) => pass === false && endpoint !== null && explained.includes(endpoint),
  )
  if (missing?.endpoint !== undefined && missing.endpoint !== null) return missing.endpoint
  const slowest = cohorts.filter(({ cohort }) => cohort === 'p99').toSorted((a, b) => b.latency_ms - a.latency_ms)
  return slowest[0]?.endpoint ?? explained[0] ?? null
}

/** One bar per cohort, its parts in the order of `timeParts`. */
export function cohortBars(cohorts: readonly LatencyCohort[], endpoint: string): Breakdown[] {
  return cohorts
    .filter((cohort) => cohort.endpoint === endpoint)
    .map(({ cohort, latency_ms: whole, time_ms: time }) => ({
      id: cohort,
      label: cohort,
      whole,
      parts: timeParts.map((part) => ({ part, value: time[part] })),
    }))
}
