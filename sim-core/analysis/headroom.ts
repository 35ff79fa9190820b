// How far the load is from the first limit, as a factor of the highest load seen.
import type { ObjectiveResult, SeriesTable } from './study-result.ts'

/** Buckets in a row that must miss an objective before it counts as broken: one may be a fluke. */
const BROKEN_BUCKETS = 3
const QUANTILES: ReadonlySet<string> = new Set(['mean', 'p50', 'p95', 'p99'])

/**
 * Below 1: the load at which a latency objective first broke for several buckets, over the highest load. Above 1: what the
 * busiest station at the highest load leaves, 1 / utilisation, which is an upper bound because latency rises before that.
 * Null when neither is known.
 */
export function headroomOf(series: SeriesTable, objectives: readonly ObjectiveResult[]): number | null {
  const { columns, warmup_s: warmup } = series
  const ends = columns['end_s'] ?? []
  const load = columns['client/arrivals_rps'] ?? []
  const measured = ends.flatMap((end, bucket) => ((end ?? 0) > warmup ? [bucket] : []))
  const highest = Math.max(0, ...measured.map((bucket) => load[bucket] ?? 0))
  if (highest === 0) return null
  const broken = objectives.filter(({ pass }) => pass === false).map((objective) => brokenAt(columns, objective, measured))
  const first = Math.min(...broken.filter((bucket) => bucket !== null))
  if (Number.isFinite(first)) return Math.min(1, (load[first] ?? 0) / highest)
  if (objectives.some(({ pass }) => pass === false)) return null
  const utilisation = busiestAtPeak(columns, load, measured, highest)
  return utilisation > 0 ? 1 / utilisation : null
}

/** The first bucket of the first run of buckets that miss the objective. */
function brokenAt(columns: SeriesTable['columns'], { metric, endpoint, target }: ObjectiveResult, measured: readonly number[]): number | null {
  const column = QUANTILES.has(metric) ? columns[`${endpoint ?? 'client'}/${metric}_ms`] : undefined
  if (column === undefined) return null
  let missed = 0
  for (const bucket of measured) {
    missed = (column[bucket] ?? 0) > target ? missed + 1 : 0
    if (missed === BROKEN_BUCKETS) return bucket - BROKEN_BUCKETS + 1
  }
  return null
}

/** Highest mean utilisation of a station over the buckets with at least nine tenths of the highest load. */
function busiestAtPeak(columns: SeriesTable['columns'], load: readonly (number | null)[], measured: readonly number[], highest: number): number {
  const peak = measured.filter((bucket) => (load[bucket] ?? 0) >= 0.9 * highest)
  let busiest = 0
  for (const [name, column] of Object.entries(columns)) {
    if (!name.endsWith('/utilisation')) continue
    const mean = peak.reduce((sum, bucket) => sum + (column[bucket] ?? 0), 0) / peak.length
    busiest = Math.max(busiest, mean)
  }
  return busiest
}
