/** The first tab: figures against objectives, load and latency over time, who was busy, where the time went. */
import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import { BarBreakdown } from '../../charts/BarBreakdown.tsx'
import { QualityMark } from '../../charts/ChartHead.tsx'
import type { ChartSeries } from '../../charts/chart-types.ts'
import { HeatMap } from '../../charts/HeatMap.tsx'
import { TimeChart } from '../../charts/TimeChart.tsx'
import { lineOf } from './lines.ts'
import { useView } from '../../stores/view-store.ts'
import { KpiTile } from './KpiTile.tsx'
import { ObjectiveList } from './ObjectiveList.tsx'
import { CLIENT, cohortBars, endpointInQuestion, heatRows, overviewSeries, tilesOf } from './overview-model.ts'
import styles from './OverviewTab.module.css'
import { Panel } from './Panel.tsx'
import { SeriesPlace } from './SeriesPlace.tsx'
import type { TabProps } from './tab-props.ts'
import { sourceOf } from './tab-props.ts'
import { chartGroup, useRunSeries } from './use-run-series.ts'

export function OverviewTab({ record, result, quality }: TabProps) {
  const names = useMemo(() => overviewSeries(record.seriesNames), [record.seriesNames])
  const series = useRunSeries(record, names)
  const tiles = useMemo(
    () => tilesOf(result, record.summary.headline?.peakLoadRps ?? null),
    [result, record.summary.headline],
  )
  const questioned = useMemo(() => endpointInQuestion(result), [result])
  return (
    <div className={styles['overview']}>
      <ul className={styles['tiles']} aria-label="Figures of all requests">
        {tiles.map((tile) => (
          <KpiTile key={tile.id} tile={tile} quality={quality} />
        ))}
      </ul>
      <div className={styles['pair']}>
        <div className={styles['column']}>
          <SeriesPlace record={record} series={series}>
            <TrafficCharts record={record} result={result} quality={quality} columns={series.columns} />
            <BusyMap record={record} result={result} quality={quality} columns={series.columns} />
          </SeriesPlace>
        </div>
        <div className={styles['column']}>
          <Panel title="Objectives" actions={<QualityMark words={quality.words} />}>
            {result.objectives.length === 0 ? <NoObjectives /> : <ObjectiveList objectives={result.objectives} />}
          </Panel>
          {questioned !== null && (
            <Panel>
              <BarBreakdown
                title={`Where time goes: ${questioned}`}
                unit="ms"
                scale="share"
                rows={cohortBars(result.cohorts, questioned)}
                quality={quality.words}
              />
              <Button
                className={styles['more']}
                size="xs"
                variant="default"
                onClick={() =>
                  useView.getState().go('results', record.summary.id, { tab: 'explain', endpoint: questioned })
                }
              >
                Explain p99
              </Button>
            </Panel>
          )}
        </div>
      </div>
    </div>
  )
}

function NoObjectives() {
  return (
    <p className={styles['none']}>
      None are set. With <code>objectives: {'{ p95: 200ms }'}</code> in the scenario a run says whether the system
      holds.
    </p>
  )
}

interface ChartsProps extends TabProps {
  readonly columns: SeriesColumns
}

function TrafficCharts({ record, result, quality, columns }: ChartsProps) {
  const objective = result.objectives.find(({ endpoint, metric }) => endpoint === null && metric === 'p95')
  const load = useMemo(
    () => [
      ...clientLine(columns, 'arrivals_rps', 'arriving', 'area'),
      ...clientLine(columns, 'completed_rps', 'completed'),
      ...clientLine(columns, 'failed_rps', 'failed'),
    ],
    [columns],
  )
  const latency = useMemo(
    () => ['p95', 'p50', 'p99'].flatMap((quantile) => clientLine(columns, `${quantile}_ms`, quantile)),
    [columns],
  )
  const shared = {
    group: chartGroup(record.summary.id),
    warmupS: result.series.warmup_s,
    events: result.timeline,
    quality: quality.words,
    source: sourceOf(record),
  }
  return (
    <Panel className={styles['charts']}>
      <TimeChart title="Load" unit="req/s" height={160} series={load} {...shared} />
      <TimeChart
        title="Latency of all requests"
        unit="ms"
        height={200}
        series={latency}
        logarithmic
        {...(objective === undefined ? {} : { target: { value: objective.target, label: 'p95 objective' } })}
        {...shared}
      />
    </Panel>
  )
}

function BusyMap({ record, result, quality, columns }: ChartsProps) {
  const rows = useMemo(() => heatRows(Object.keys(result.components), columns), [result.components, columns])
  if (rows.length === 0) return null
  return (
    <Panel>
      <HeatMap
        title="Utilisation of the busiest station"
        rows={rows}
        group={chartGroup(record.summary.id)}
        quality={quality.words}
        source={sourceOf(record)}
      />
    </Panel>
  )
}

function clientLine(
  columns: SeriesColumns,
  figure: string,
  label: string,
  kind: 'line' | 'area' = 'line',
): ChartSeries[] {
  return lineOf(columns, `${CLIENT}/${figure}`, label, CLIENT, kind)
}
