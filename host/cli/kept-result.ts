/** A kept run as one whole result, its series put back. */
import type { HostApi } from '../contract/host-api.ts'
import type { RunRecord } from '../contract/run-records.ts'
import type { StudyResult } from '../contract/study-api.ts'

/** More buckets than any run has: nothing is thinned out. */
const WHOLE_SERIES = Number.MAX_SAFE_INTEGER

/** Null while it has none. The columns are empty when they were pruned. */
export async function keptResult(api: HostApi, record: RunRecord): Promise<StudyResult | null> {
  const { summary, result, seriesNames, hasSeries } = record
  if (result === null) return null
  const series = hasSeries
    ? await api.readSeries({ runId: summary.id, names: seriesNames, pointsMax: WHOLE_SERIES })
    : {}
  const columns = Object.entries(series).map(([name, { values }]) => [name, values] as const)
  return { ...result, series: { ...result.series, columns: Object.fromEntries(columns) } }
}
