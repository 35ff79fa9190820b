/** Columns of the tables about components, their parts and their stations. */
import type { MetricDefinition } from '../../../sim-core/model/component-definition.ts'
import type { Estimate, StationSummary } from '../../../sim-core/analysis/study-result.ts'
import { Figure } from '../../widgets/Figure.tsx'
import type { ComponentModel, PartFigures } from './component-tab-model.ts'
import { metricUnit } from './component-tab-model.ts'
import { EstimateFigure } from './EstimateFigure.tsx'
import type { ResultColumn } from './ResultTable.tsx'

/** Figures of the whole shown beside each other at most; all stand below. */
const METRICS_MAX = 5

interface Station {
  readonly id: string
  readonly summary: StationSummary
}

/** The components of a tab: how busy, who waits, and the first figures that their kinds define. */
export function componentColumns(components: readonly ComponentModel[]): ResultColumn<ComponentModel>[] {
  const metrics = new Map(components.flatMap(({ whole }) => whole.map((metric) => [metric.id, metric] as const)))
  const kinds = new Set(components.map(({ kindLabel }) => kindLabel))
  const hasStations = components.some(({ stations }) => stations.length > 0)
  return [
    { id: 'component', header: 'Component', value: ({ id }) => id },
    ...(kinds.size > 1 ? [{ id: 'kind', header: 'Kind', value: ({ kindLabel }: ComponentModel) => kindLabel }] : []),
    ...(hasStations
      ? [
          estimateColumn<ComponentModel>('utilisation', 'Utilisation', 'ratio', ({ summary }) => summary.utilisation, {
            help: 'Of its busiest station',
          }),
          estimateColumn<ComponentModel>('queue', 'Waiting', 'count', ({ summary }) => summary.queue_length, {
            help: 'Requests waiting on average, at the station where most wait',
          }),
        ]
      : []),
    ...[...metrics.values()]
      .slice(0, METRICS_MAX)
      .map(({ id, label, unit, help }) =>
        estimateColumn<ComponentModel>(
          id,
          label,
          unit,
          ({ whole }) => whole.find((metric) => metric.id === id)?.estimate,
          { help },
        ),
      ),
  ]
}

export function partColumns(metrics: readonly MetricDefinition[]): ResultColumn<PartFigures>[] {
  return [
    { id: 'part', header: 'Part', value: ({ part }) => part },
    ...metrics.map((metric) =>
      estimateColumn<PartFigures>(metric.id, metric.label, metricUnit(metric), ({ figures }) => figures[metric.id], {
        help: metric.help,
      }),
    ),
  ]
}

export function stationColumns(): ResultColumn<Station>[] {
  const column = (id: string, header: string, unit: string, help: string, of: (summary: StationSummary) => Estimate) =>
    estimateColumn<Station>(id, header, unit, ({ summary }) => of(summary), { help })
  const count = (
    id: string,
    header: string,
    help: string,
    of: (summary: StationSummary) => number,
  ): ResultColumn<Station> => ({
    id,
    header,
    help,
    value: ({ summary }) => of(summary),
    renderCell: ({ summary }) => <Figure value={of(summary)} unit="count" />,
  })
  return [
    { id: 'station', header: 'Station', value: ({ id }) => id },
    column('utilisation', 'Utilisation', 'ratio', 'Share of its servers that work, on average', (s) => s.utilisation),
    column('queue', 'Waiting', 'count', 'Requests that wait, on average', (s) => s.queue_length),
    column('wait', 'Mean wait', 'ms', 'Of all that were served, zero for who did not wait', (s) => s.wait_ms.mean),
    column('wait-p95', 'p95 wait', 'ms', 'Of all that were served', (s) => s.wait_ms.p95),
    column('wait-p99', 'p99 wait', 'ms', 'Of all that were served', (s) => s.wait_ms.p99),
    column('probability', 'Had to wait', 'ratio', 'Share of those let in', (s) => s.wait_probability),
    column('throughput', 'Throughput', '/s', 'Served per second', (s) => s.throughput_rps),
    count('rejected', 'Rejected', 'Turned away because the queue was full, over all replications', (s) => s.rejected),
    count('abandoned', 'Gave up', 'Left the queue before their turn, over all replications', (s) => s.abandoned),
  ]
}

function estimateColumn<Row>(
  id: string,
  header: string,
  unit: string,
  of: (row: Row) => Estimate | undefined,
  { help }: { readonly help?: string } = {},
): ResultColumn<Row> {
  return {
    id,
    header,
    ...(help === undefined ? {} : { help }),
    value: (row) => of(row)?.mean ?? null,
    renderCell: (row) => {
      const estimate = of(row)
      return estimate === undefined ? '–' : <EstimateFigure estimate={estimate} unit={unit} />
    },
  }
}
