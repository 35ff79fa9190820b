/** The endpoints: throughput, errors and latencies, each figure with its half-width beneath it. */
import type { EndpointSummary, Estimate, StudyResult } from '../../contract/study-api.ts'
import { printable, shortened, widthOf } from '../style.ts'
import type { Style } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { estimateText, figureText } from './figure-text.ts'
import { INDENT, tableLines } from './text-table.ts'
import type { Align } from './text-table.ts'

interface Column {
  readonly head: string
  readonly kind: FigureKind
  readonly of: (endpoint: EndpointSummary) => Estimate
}

const COLUMNS: readonly Column[] = [
  { head: 'req/s', kind: 'rate', of: (endpoint) => endpoint.throughput_rps },
  { head: 'errors', kind: 'ratio', of: (endpoint) => endpoint.error_ratio },
  { head: 'mean', kind: 'latency', of: (endpoint) => endpoint.latency_ms.mean },
  { head: 'p50', kind: 'latency', of: (endpoint) => endpoint.latency_ms.p50 },
  { head: 'p95', kind: 'latency', of: (endpoint) => endpoint.latency_ms.p95 },
  { head: 'p99', kind: 'latency', of: (endpoint) => endpoint.latency_ms.p99 },
]

const ALIGNS: readonly Align[] = ['left', ...COLUMNS.map((): Align => 'right')]

/** Columns that the figures take at most; the rest is left for the names. */
const FIGURES_WIDTH = COLUMNS.length * 10 + 2

/** Stands beside the figures of an endpoint whose name stands above them. */
const STACKED_NAME = '    '

/** Causes of failure told of each endpoint. */
const CAUSES_SHOWN = 3

/** All requests first, then every endpoint. Names stand on lines of their own where they would not fit beside the figures. */
export function endpointLines({ clients, endpoints }: StudyResult, style: Style, width: number): string[] {
  const named: [name: string, summary: EndpointSummary][] = [
    ['all requests', clients],
    ...Object.entries(endpoints).map(([id, summary]): [string, EndpointSummary] => [printable(id), summary]),
  ]
  const isStacked = named.some(([name]) => widthOf(name) > width - FIGURES_WIDTH)
  const head = [isStacked ? STACKED_NAME : '', ...COLUMNS.map(({ head: text }) => style.dim(text))]
  const groups = named.map(([name, summary], index) => {
    const shown = index === 0 ? style.bold(name) : shortened(name, width - INDENT.length)
    return { title: shown, rows: rowsOf(isStacked ? STACKED_NAME : shown, summary, style) }
  })
  const lines = tableLines([head, ...groups.flatMap(({ rows }) => rows)], ALIGNS)
  const title = style.bold('Endpoints')
  if (!isStacked) return [title, ...lines, ...failureLines(endpoints, style)]
  let next = 1
  const stacked = groups.flatMap(({ title: name, rows }) => [
    INDENT + name,
    ...lines.slice(next, (next += rows.length)),
  ])
  return [title, ...lines.slice(0, 1), ...stacked, ...failureLines(endpoints, style)]
}

function rowsOf(name: string, summary: EndpointSummary, style: Style): string[][] {
  const texts = COLUMNS.map(({ kind, of }) => estimateText(of(summary), kind))
  const values = texts.map(({ value }, column) =>
    COLUMNS[column]?.head === 'errors' && summary.failed > 0 ? style.bold(value) : value,
  )
  const spreads = texts.map(({ spread }) => style.dim(spread))
  return texts.every(({ spread }) => spread === '')
    ? [[name, ...values]]
    : [
        [name, ...values],
        ['', ...spreads],
      ]
}

/** What failed requests failed with. */
function failureLines(endpoints: StudyResult['endpoints'], style: Style): string[] {
  const rows = Object.entries(endpoints).flatMap(([id, { errors, arrivals }]) => {
    const causes = Object.entries(errors).toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    const told = causes
      .slice(0, CAUSES_SHOWN)
      .map(([cause, count]) => `${cause.replaceAll('_', ' ')} ${figureText(count / arrivals, 'ratio')}`)
    return causes.length === 0 ? [] : [[style.dim(`${printable(id)} fails by`), printable(told.join(', '))]]
  })
  return rows.length === 0 ? [] : ['', ...tableLines(rows, ['left', 'left'])]
}
