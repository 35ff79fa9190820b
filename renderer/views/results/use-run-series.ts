/** The series of one view: read in one call, in more detail where the reader zooms in. */
import { useEffect, useMemo } from 'react'
import type { RunRecord, SeriesColumns } from '../../../host/contract/run-records.ts'
import { useZoom } from '../../charts/chart-group-store.ts'
import type { SeriesAnswer } from '../../stores/series-store.ts'
import { seriesKey, useSeries } from '../../stores/series-store.ts'

/** Charts of one run share crosshair and zoom across its tabs. */
export function chartGroup(runId: string): string {
  return `run ${runId}`
}

/** Points asked for per px of the window, in steps so that resizing does not ask anew. */
const POINTS_PER_PX = 2
const STEP_PX = 500

const NOTHING: SeriesAnswer = { state: 'loading', columns: {}, error: null }

export interface RunSeries {
  readonly state: 'none' | 'loading' | 'ready' | 'failed'
  readonly columns: SeriesColumns
  readonly error: unknown
  readonly again: () => void
}

/** @param names only those that the run has are read */
export function useRunSeries(record: RunRecord, names: readonly string[]): RunSeries {
  const runId = record.summary.id
  const zoom = useZoom(chartGroup(runId))
  const load = useSeries((state) => state.load)
  const pointsMax = Math.ceil(window.innerWidth / STEP_PX) * STEP_PX * POINTS_PER_PX
  const query = useMemo(() => ({ runId, names, pointsMax }), [runId, names, pointsMax])
  const wanted = record.hasSeries && names.length > 0
  const whole = useSeries((state) => state.answers[seriesKey(query)] ?? NOTHING)
  const reduced = isReduced(whole.columns, pointsMax)
  const detail = useMemo(() => {
    if (zoom === null || !reduced) return null
    // A margin, so that lines run to the edges of the view.
    const margin = (zoom.toS - zoom.fromS) / 10
    return { ...query, fromS: Math.max(0, zoom.fromS - margin), toS: zoom.toS + margin }
  }, [zoom, reduced, query])
  const close = useSeries((state) => (detail === null ? undefined : state.answers[seriesKey(detail)]))
  useEffect(() => {
    if (wanted) void load(query)
  }, [load, query, wanted])
  useEffect(() => {
    if (detail !== null) void load(detail)
  }, [load, detail])
  const { columns } = close?.state === 'ready' ? close : whole
  return {
    state: wanted ? whole.state : 'none',
    columns,
    error: whole.error,
    again: () => void load(query),
  }
}

/** Whether the host left points out: as many as were asked for came back. */
function isReduced(columns: SeriesColumns, pointsMax: number): boolean {
  return Object.values(columns).some(({ endS }) => endS.length >= pointsMax - 2)
}
