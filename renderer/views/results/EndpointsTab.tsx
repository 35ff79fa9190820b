/** Every endpoint with its intervals; the picked one over time, and why its requests failed. */
import { useMemo } from 'react'
import type { EndpointSummary } from '../../../sim-core/analysis/study-result.ts'
import { BarBreakdown } from '../../charts/BarBreakdown.tsx'
import { QualityMark } from '../../charts/ChartHead.tsx'
import { TimeChart } from '../../charts/TimeChart.tsx'
import { timeParts } from '../../charts/TimeParts.tsx'
import { useView } from '../../stores/view-store.ts'
import { Figure } from '../../widgets/Figure.tsx'
import type { CauseRow, EndpointRow } from './endpoints-model.ts'
import { causeRows, endpointRows } from './endpoints-model.ts'
import { EstimateFigure } from './EstimateFigure.tsx'
import { lineOf } from './lines.ts'
import { standing } from './objective-words.ts'
import { Panel } from './Panel.tsx'
import type { ResultColumn } from './ResultTable.tsx'
import { ResultTable } from './ResultTable.tsx'
import { SeriesPlace } from './SeriesPlace.tsx'
import styles from './tabs.module.css'
import type { TabProps } from './tab-props.ts'
import { sourceOf } from './tab-props.ts'
import { chartGroup, useRunSeries } from './use-run-series.ts'

const FIGURES = ['arrivals_rps', 'completed_rps', 'failed_rps', 'p50_ms', 'p95_ms', 'p99_ms', 'in_flight'] as const

const ENDPOINT_COLUMNS = endpointColumns()

export function EndpointsTab({ record, result, quality }: TabProps) {
  const asked = useView((state) => state.address.parameters['endpoint'])
  const setAddress = useView((state) => state.set)
  const rows = useMemo(() => endpointRows(result), [result])
  const picked = rows.find(({ id }) => id === asked) ?? rows.find(({ pass }) => pass === false) ?? rows[0]
  return (
    <div className={styles['stack']}>
      <Panel title="Endpoints" actions={<QualityMark words={quality.words} />}>
        <ResultTable
          label="Endpoints"
          rows={rows}
          rowId={(row) => row.id}
          columns={ENDPOINT_COLUMNS}
          selected={picked?.id ?? null}
          onSelect={(endpoint) => setAddress({ endpoint })}
        />
      </Panel>
      {picked !== undefined && <EndpointDetail record={record} result={result} quality={quality} row={picked} />}
    </div>
  )
}

function EndpointDetail({ record, result, quality, row }: TabProps & { readonly row: EndpointRow }) {
  const names = useMemo(() => FIGURES.map((figure) => `${row.series}/${figure}`), [row.series])
  const series = useRunSeries(record, names)
  const { columns } = series
  const line = useMemo(
    () =>
      (figure: (typeof FIGURES)[number], label: string, kind: 'line' | 'area' = 'line') =>
        lineOf(columns, `${row.series}/${figure}`, label, row.series.split('.')[0] ?? row.series, kind),
    [columns, row.series],
  )
  const latency = useMemo(() => [...line('p95_ms', 'p95'), ...line('p50_ms', 'p50'), ...line('p99_ms', 'p99')], [line])
  const load = useMemo(
    () => [
      ...line('arrivals_rps', 'arriving', 'area'),
      ...line('completed_rps', 'completed'),
      ...line('failed_rps', 'failed'),
    ],
    [line],
  )
  const inFlight = useMemo(() => line('in_flight', 'in flight'), [line])
  const slo = row.summary.slo['p95']
  const shared = {
    group: chartGroup(record.summary.id),
    warmupS: result.series.warmup_s,
    events: result.timeline,
    quality: quality.words,
    source: sourceOf(record),
    height: 180,
  }
  return (
    <>
      <h2 className={styles['subject']}>{row.label}</h2>
      <SeriesPlace record={record} series={series}>
        <div className={styles['grid']}>
          <Panel>
            <TimeChart
              title="Latency"
              unit="ms"
              series={latency}
              logarithmic
              {...(slo === undefined ? {} : { target: { value: slo.target, label: 'p95 objective' } })}
              {...shared}
            />
          </Panel>
          <Panel>
            <TimeChart title="Requests" unit="req/s" series={load} {...shared} />
          </Panel>
          <Panel>
            <TimeChart title="Requests in flight" unit="requests" series={inFlight} {...shared} />
          </Panel>
          <Panel title="Errors by cause" actions={<QualityMark words={quality.words} />}>
            <Causes summary={row.summary} />
          </Panel>
          <Panel>
            <BarBreakdown
              title="Where the mean latency goes"
              unit="ms"
              scale="length"
              rows={[meanBar(row)]}
              quality={quality.words}
            />
          </Panel>
        </div>
      </SeriesPlace>
    </>
  )
}

function Causes({ summary }: { readonly summary: EndpointSummary }) {
  const rows = causeRows(summary)
  if (rows.length === 0) return <p className={styles['note']}>No request failed after the warm-up.</p>
  return <ResultTable label="Errors by cause" rows={rows} rowId={({ cause }) => cause} columns={causeColumns} />
}

const causeColumns: readonly ResultColumn<CauseRow>[] = [
  { id: 'cause', header: 'Cause', value: ({ cause }) => cause },
  {
    id: 'count',
    header: 'Requests',
    help: 'Over all replications',
    value: ({ count }) => count,
    renderCell: ({ count }) => <Figure value={count} unit="count" />,
  },
  {
    id: 'share',
    header: 'Share of all',
    value: ({ share }) => share,
    renderCell: ({ share }) => <Figure value={share} unit="ratio" />,
  },
]

function meanBar({ id, label, summary }: EndpointRow) {
  return {
    id,
    label,
    whole: summary.latency_ms.mean.mean ?? 0,
    parts: timeParts.map((part) => ({ part, value: summary.time_ms[part] })),
  }
}

function endpointColumns(): ResultColumn<EndpointRow>[] {
  const estimate = (
    id: string,
    header: string,
    unit: string,
    of: (summary: EndpointSummary) => EndpointSummary['error_ratio'],
    help?: string,
  ): ResultColumn<EndpointRow> => ({
    id,
    header,
    ...(help === undefined ? {} : { help }),
    value: ({ summary }) => of(summary).mean,
    renderCell: ({ summary }) => <EstimateFigure estimate={of(summary)} unit={unit} />,
  })
  return [
    { id: 'endpoint', header: 'Endpoint', value: ({ label }) => label },
    {
      id: 'objectives',
      header: 'Objectives',
      value: ({ pass }) => (pass === undefined ? null : standing(pass).word),
      renderCell: ({ pass }) => <Standing pass={pass} />,
    },
    estimate('p50', 'p50', 'ms', ({ latency_ms: { p50 } }) => p50),
    estimate('p95', 'p95', 'ms', ({ latency_ms: { p95 } }) => p95),
    estimate('p99', 'p99', 'ms', ({ latency_ms: { p99 } }) => p99),
    estimate('errors', 'Errors', 'ratio', ({ error_ratio: ratio }) => ratio),
    estimate('throughput', 'Throughput', 'req/s', ({ throughput_rps: rate }) => rate),
    estimate('in_flight', 'In flight', 'count', ({ in_flight: requests }) => requests, 'Requests under way on average'),
  ]
}

function Standing({ pass }: { readonly pass: boolean | null | undefined }) {
  if (pass === undefined) return <span className={styles['dim']}>none</span>
  const { sign, word, tone } = standing(pass)
  return (
    <span className={styles['standing']} data-tone={tone}>
      {sign} {word}
    </span>
  )
}
