/** The components: how busy, how long the line, and what their kinds add. */
import type { ComponentSummary } from '../../contract/study-api.ts'
import { printable, shortened, wrapped } from '../style.ts'
import type { Paint, Style } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { estimateInline, estimateText, figureText, NO_FIGURE } from './figure-text.ts'
import { tableLines } from './text-table.ts'

/** Utilisation from which on a bar warns, and from which on it alarms. */
const BUSY = 0.7
const SATURATED = 0.9

/** Cells of a bar. */
const BAR_CELLS = 10

/** Width from which on bars and kinds have room. */
const WIDE = 96

/** Columns before the details, with and without bars. */
const WIDE_INDENT = 70
const NARROW_INDENT = 50

/** Longest name of a component. */
const NAME_WIDTH = 18

/** What of a kind's own figures a report shows, in this order; the rest is in the exports. */
const HEADLINES: readonly {
  readonly metric: RegExp
  readonly label: string
  readonly kind: FigureKind
  readonly evenIfZero: boolean
}[] = [
  { metric: /^replicas_ready$/u, label: 'replicas', kind: 'count', evenIfZero: true },
  { metric: /^hit_ratio$/u, label: 'hit ratio', kind: 'ratio', evenIfZero: true },
  { metric: /\.hit_ratio$/u, label: '', kind: 'ratio', evenIfZero: true },
  { metric: /^distance_saved$/u, label: 'distance saved', kind: 'ratio', evenIfZero: true },
  { metric: /^skew$/u, label: 'skew', kind: 'count', evenIfZero: true },
  {
    metric: /^(?:lock_timeouts|timeouts|refused|retries)$|\.unavailable$/u,
    label: '',
    kind: 'rate',
    evenIfZero: false,
  },
]

/** Those that have something to tell, the busiest first. */
export function componentLines(
  components: Readonly<Record<string, ComponentSummary>>,
  style: Style,
  width: number,
): string[] {
  const rows = Object.entries(components)
    .toSorted(([a, x], [b, y]) => (y.utilisation.mean ?? -1) - (x.utilisation.mean ?? -1) || (a < b ? -1 : 1))
    .filter(([, { utilisation, metrics }]) => utilisation.mean !== null || headlines(metrics) !== '')
    .flatMap(([id, component]) => rowsOf(id, component, style, width))
  if (rows.length === 0) return []
  const head = ['', 'kind', 'busy', width >= WIDE ? '' : 'busy', '', 'queue', ''].map(style.dim)
  const shown = [head, ...rows].map((cells) =>
    cells.filter((_, column) => width >= WIDE || (column !== 1 && column !== 2)),
  )
  const aligns = (['left', 'left', 'left', 'right', 'left', 'right', 'left'] as const).filter(
    (_, column) => width >= WIDE || (column !== 1 && column !== 2),
  )
  return [style.bold('Components'), ...tableLines(shown, aligns)]
}

function rowsOf(
  id: string,
  { kind, utilisation, queue_length: queue, metrics }: ComponentSummary,
  style: Style,
  width: number,
): string[][] {
  const busy = estimateText(utilisation, 'ratio')
  const hasStations = utilisation.mean !== null
  const [detail = '', ...more] = wrapped(headlines(metrics), width - (width >= WIDE ? WIDE_INDENT : NARROW_INDENT))
  const paint = paintOf(utilisation.mean, style)
  const first = [
    shortened(printable(id), NAME_WIDTH),
    style.dim(kind),
    utilisation.mean === null ? '' : paint(bar(utilisation.mean)),
    hasStations ? paint(busy.value) : style.dim(NO_FIGURE),
    style.dim(busy.spread),
    hasStations ? queueText(queue.mean) : '',
    detail,
  ]
  return [first, ...more.map((line) => ['', '', '', '', '', '', line])]
}

function paintOf(utilisation: number | null, style: Style): Paint {
  if (utilisation === null || utilisation < BUSY) return (text) => text
  return utilisation < SATURATED ? style.doubtful : style.bad
}

function bar(utilisation: number): string {
  const full = Math.min(BAR_CELLS, Math.round(utilisation * BAR_CELLS))
  return '█'.repeat(full) + '░'.repeat(BAR_CELLS - full)
}

/** A mean length of less than a hundredth is no queue. */
function queueText(length: number | null): string {
  return length === null || length < 0.01 ? '0' : figureText(length, 'count')
}

function headlines(metrics: ComponentSummary['metrics']): string {
  const texts = HEADLINES.flatMap(({ metric, label, kind, evenIfZero }) => {
    const found = Object.entries(metrics).filter(
      ([name, { mean }]) => metric.test(name) && mean !== null && (evenIfZero || mean !== 0),
    )
    // A tier that is the only one says nothing that the whole does not.
    const told = label === '' && evenIfZero && found.length === 1 ? [] : found
    return told.map(([name, figure]) => {
      const words = label !== '' ? label : evenIfZero ? name.slice(0, name.lastIndexOf('.')) : name.replaceAll('_', ' ')
      return `${printable(words)} ${estimateInline(figure, kind)}${kind === 'rate' ? ' /s' : ''}`
    })
  })
  return texts.join(', ')
}
