/** What lists and cards show of a result, found once, when the run ends. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { RunHeadline } from '../contract/run-records.ts'
import type { RunSpark } from './store.ts'

type Column = readonly (number | null)[]

/** Series of all client requests. */
const LOAD = 'client/arrivals_rps'
const P95 = 'client/p95_ms'

/** Most points of a picture on a card. */
const SPARK_POINTS = 60

/** The figures of a list. The load is that of the series, so they must be with the result. */
export function headlineOf({ clients, objectives, headroom, series }: StudyResult): RunHeadline {
  const loads = (series.columns[LOAD] ?? []).filter((load) => load !== null)
  return {
    p95Ms: clients.latency_ms.p95.mean,
    errorRatio: clients.error_ratio.mean,
    throughputRps: clients.throughput_rps.mean,
    peakLoadRps: loads.length === 0 ? null : loads.reduce((peak, load) => Math.max(peak, load), 0),
    objectivesHeld: objectives.filter(({ pass }) => pass === true).length,
    objectives: objectives.length,
    headroom,
  }
}

/** Load as its mean and p95 as its highest over each piece, so that no spike is lost. */
export function sparkOf(columns: StudyResult['series']['columns']): RunSpark {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const highest = (values: readonly number[]): number => values.reduce((peak, value) => Math.max(peak, value), 0)
  return { loadRps: reduced(columns[LOAD] ?? [], mean), p95Ms: reduced(columns[P95] ?? [], highest) }
}

/** Equal pieces of a column, each as one value; null where a piece has none. */
function reduced(column: Column, figure: (values: readonly number[]) => number): Column {
  const points = Math.min(column.length, SPARK_POINTS)
  return Array.from({ length: points }, (_, point) => {
    const from = Math.floor((point * column.length) / points)
    const to = Math.floor(((point + 1) * column.length) / points)
    const values = column.slice(from, to).filter((value) => value !== null)
    return values.length === 0 ? null : figure(values)
  })
}
