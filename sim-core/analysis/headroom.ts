// How far the load is from the first limit, as a factor of the highest load seen.
import type { ObjectiveResult, SeriesTable } from './study-result.ts'

/** Buckets in a row that must miss an objective before it counts as broken: one may be a fluke. */
const BROKEN_BUCKETS = 3
/** Requests that a level of load is taken over, so that chance moves it by about 3 %. */
const LEVEL_REQUESTS = 1000
/** And the largest share of the measured time that it is taken over, whatever that says of its precision. */
const LEVEL_SHARE = 0.1
/** Loads from this share of the highest on make up the peak. */
const PEAK_SHARE = 0.9
/** An objective that breaks at less than this share of a load that it held before is broken by something else. */
const SAME_LOAD = 0.9
/** Utilisation below which it says nothing of how much more load there may be. */
const LEAST_BUSY = 0.1
const LATENCIES: ReadonlySet<string> = new Set(['mean', 'p50', 'p95', 'p99'])

/**
 * Below 1, for a study that misses an objective: the load at which it first broke for several buckets, over the highest
 * load. Null when it never held, since the load at which it would is not known then; when it broke at a load that it had
 * carried before, since a fault and not the load was to blame; and when no single stretch of time shows the miss.
 *
 * Above 1, for one that misses none: what the busiest station leaves at the highest load, 1 / utilisation, by the
 * utilisation law (P. J. Denning and J. P. Buzen, "The operational analysis of queueing network models", ACM Computing
 * Surveys 10, 1978, section 5: the throughput at which U = X D reaches 1). Latency rises before that, so it is an upper
 * bound for the instances that were in service then; instances that an autoscaler may add are not counted. Null when no
 * station is a tenth busy: at ten times the load and more, other limits than those of the stations come first.
 *
 * @param replications how many the series sums up, for the number of requests in a bucket
 */
export function headroomOf(
  series: SeriesTable,
  objectives: readonly ObjectiveResult[],
  replications: number,
): number | null {
  const { columns, warmup_s: warmup } = series
  const ends = columns['end_s'] ?? []
  const measured = ends.flatMap((end, bucket) => ((end ?? 0) > warmup ? [bucket] : []))
  const load = loadLevels(columns['client/arrivals_rps'] ?? [], measured, series.bucket_s * replications)
  const highest = highestOf(load)
  if (highest === 0) return null
  const missed = objectives.filter(({ pass }) => pass === false)
  if (missed.length > 0) return brokenShare(columns, missed, measured, load)
  const utilisation = busiestAtPeak(columns, measured, load)
  return utilisation >= LEAST_BUSY ? 1 / utilisation : null
}

/** Load of each measured bucket, as the mean over the buckets up to it that hold enough requests; at the start, of the first. */
function loadLevels(column: readonly (number | null)[], measured: readonly number[], seconds: number): number[] {
  const rates = measured.map((bucket) => column[bucket] ?? 0)
  const perBucket = (rates.reduce((sum, rate) => sum + rate, 0) / rates.length) * seconds
  const wanted = Math.min(LEVEL_REQUESTS / perBucket, LEVEL_SHARE * rates.length)
  const width = Math.max(1, Math.ceil(wanted))
  const levels: number[] = []
  let sum = 0
  for (const [i, rate] of rates.entries()) {
    sum += rate - (i >= width ? rates[i - width]! : 0)
    levels.push(Math.max(0, sum) / width)
  }
  return levels.map((level, i) => (i < width ? (levels[width - 1] ?? 0) : level))
}

function highestOf(load: readonly number[]): number {
  return load.reduce((highest, level) => Math.max(highest, level), 0)
}

function brokenShare(
  columns: SeriesTable['columns'],
  missed: readonly ObjectiveResult[],
  measured: readonly number[],
  load: readonly number[],
): number | null {
  const broken = missed.map((objective) => brokenAt(columns, objective, measured)).filter((at) => at !== null)
  const first = broken.reduce((earliest, at) => Math.min(earliest, at), Infinity)
  if (!Number.isFinite(first) || first === 0) return null
  const carried = highestOf(load.slice(0, first))
  return load[first]! < SAME_LOAD * carried ? null : Math.min(1, load[first]! / highestOf(load))
}

/** Where among the measured buckets the first run of them begins that miss the objective. */
function brokenAt(
  columns: SeriesTable['columns'],
  objective: ObjectiveResult,
  measured: readonly number[],
): number | null {
  let missed = 0
  for (const [i, bucket] of measured.entries()) {
    missed = isMissed(columns, objective, bucket) ? missed + 1 : 0
    if (missed === BROKEN_BUCKETS) return i - BROKEN_BUCKETS + 1
  }
  return null
}

function isMissed(
  columns: SeriesTable['columns'],
  { metric, endpoint, target }: ObjectiveResult,
  bucket: number,
): boolean {
  const of = (name: string): number => columns[`${endpoint ?? 'client'}/${name}`]?.[bucket] ?? 0
  if (LATENCIES.has(metric)) return of(`${metric}_ms`) > target
  if (metric !== 'errors' && metric !== 'availability') return false
  const most = metric === 'errors' ? target : 1 - target
  return of('failed_rps') > most * (of('failed_rps') + of('completed_rps'))
}

/** Highest mean utilisation of a station over the buckets at the peak. */
function busiestAtPeak(columns: SeriesTable['columns'], measured: readonly number[], load: readonly number[]): number {
  const least = PEAK_SHARE * highestOf(load)
  const peak = measured.filter((_, i) => load[i]! >= least)
  let busiest = 0
  for (const [name, column] of Object.entries(columns)) {
    if (!name.endsWith('/utilisation')) continue
    const mean = peak.reduce((sum, bucket) => sum + (column[bucket] ?? 0), 0) / peak.length
    busiest = Math.max(busiest, mean)
  }
  return busiest
}
