/** The same series of every run in one chart each: load, latency, failures, and one that the reader chooses. */
import { Select } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { TimeChart } from '../../charts/TimeChart.tsx'
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import { seriesKey, useSeries } from '../../stores/series-store.ts'
import { useView } from '../../stores/view-store.ts'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import type { ReadyRun } from './compared-runs.ts'
import { unitOfFigure } from './figure-units.ts'
import styles from './OverlayCharts.module.css'
import {
  defaultSeries,
  FIXED_CHARTS,
  overlaySeries,
  seriesChoices,
  seriesTitle,
  sharedTarget,
  sharedWarmup,
} from './overlay-model.ts'

/** As many points as a wide chart can show. */
const POINTS_MAX = 2_000
const HEIGHT_PX = 168
const GROUP = 'compare'
const NO_COLUMNS: SeriesColumns = {}
const FIXED_SERIES = FIXED_CHARTS.map(({ name }) => name)

export interface OverlayChartsProps {
  readonly runs: readonly ReadyRun[]
}

export function OverlayCharts({ runs }: OverlayChartsProps) {
  const withSeries = useMemo(() => runs.filter(({ record }) => record.hasSeries), [runs])
  const asked = useView(({ address }) => address.parameters['series'])
  const choices = useMemo(() => seriesChoices(withSeries), [withSeries])
  const usual = useMemo(() => defaultSeries(withSeries), [withSeries])
  const isKnown = choices.some(({ items }) => items.some(({ value }) => value === asked))
  const chosen = isKnown ? asked : usual
  const fixed = useColumns(withSeries, FIXED_SERIES)
  const extra = useColumns(
    withSeries,
    useMemo(() => (chosen === undefined ? [] : [chosen]), [chosen]),
  )
  const target = useMemo(() => sharedTarget(runs), [runs])
  const warmupS = useMemo(() => sharedWarmup(runs), [runs])
  const common = {
    group: GROUP,
    height: HEIGHT_PX,
    source: sourceOf(runs),
    ...(warmupS === undefined ? {} : { warmupS }),
  }
  const pruned = runs.filter(({ record }) => !record.hasSeries).map(({ label }) => label)
  const error = fixed.error ?? extra.error
  return (
    <section aria-label="Over time" className={styles['charts']}>
      {error !== null && <ErrorPanel title="The series of a run could not be read." error={error} />}
      {pruned.length > 0 && (
        <p className={styles['note']}>
          The series of {pruned.join(', ')} were removed to save room; the figures below are complete.
        </p>
      )}
      {FIXED_CHARTS.map(({ name, title }) => (
        <div key={name} className={styles['chart']}>
          <TimeChart
            title={title}
            unit={unitOfFigure(name)}
            series={fixed.series(name)}
            {...(name === 'client/p95_ms' && target !== undefined ? { target } : {})}
            {...common}
          />
        </div>
      ))}
      {chosen !== undefined && (
        <div className={styles['chart']}>
          <Select
            className={styles['choice']}
            size="xs"
            aria-label="Series of the fourth chart"
            searchable
            allowDeselect={false}
            data={choices.map(({ group, items }) => ({ group, items: [...items] }))}
            value={chosen}
            onChange={(value) => useView.getState().set({ series: value ?? undefined })}
            comboboxProps={{ width: 320, position: 'bottom-end' }}
            maxDropdownHeight={320}
          />
          <TimeChart
            key={chosen}
            title={seriesTitle(chosen)}
            unit={unitOfFigure(chosen)}
            series={extra.series(chosen)}
            {...common}
          />
        </div>
      )}
    </section>
  )
}

interface Overlay {
  readonly series: (name: string) => ReturnType<typeof overlaySeries>
  readonly error: unknown
}

/** Reads these series of every run, in one call a run. */
function useColumns(runs: readonly ReadyRun[], names: readonly string[]): Overlay {
  const answers = useSeries((state) => state.answers)
  const queries = useMemo(
    () =>
      runs.map(({ id, record }) => ({
        runId: id,
        names: names.filter((name) => record.seriesNames.includes(name)),
        pointsMax: POINTS_MAX,
      })),
    [runs, names],
  )
  useEffect(() => {
    for (const query of queries) if (query.names.length > 0) void useSeries.getState().load(query)
  }, [queries])
  return useMemo(() => {
    const found = queries.map((query) => answers[seriesKey(query)])
    const columns = new Map(runs.map(({ id }, i) => [id, found[i]?.columns ?? NO_COLUMNS]))
    const drawn = new Map(
      names.map((name) => [name, overlaySeries(runs, ({ id }) => columns.get(id) ?? NO_COLUMNS, name)]),
    )
    return {
      series: (name) => drawn.get(name) ?? [],
      error: found.find((answer) => answer?.state === 'failed')?.error ?? null,
    }
  }, [answers, queries, runs, names])
}

function sourceOf(runs: readonly ReadyRun[]): string {
  return `Compared ${runs.map(({ summary }) => `run #${summary.number}`).join(', ')}`
}
