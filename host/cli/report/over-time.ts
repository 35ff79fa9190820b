/** Load and p95 over simulated time, with an axis and the warm-up marked. */
import type { SeriesTable } from '../../contract/study-api.ts'
import type { Style } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { figureText } from './figure-text.ts'
import { bucketEnds, lengthSeconds, LOAD_COLUMN, P95_COLUMN } from './series-figures.ts'
import { cellsOf, sparkline } from './sparkline.ts'
import { INDENT } from './text-table.ts'

/** Width of the words before the curves, and of the range after them. */
const LABEL_WIDTH = 6
const RANGE_WIDTH = 30

/** Fewer points than this are no curve. */
const POINTS_MIN = 3

/** Least cells between two ticks of the axis. */
const TICK_CELLS = 10

/** Steps between ticks that a reader likes, in seconds. */
const TICK_SECONDS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600,
  7_200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800,
]

/** Both curves above one axis. */
export function overTimeLines(series: SeriesTable, style: Style, width: number): string[] {
  const ends = bucketEnds(series)
  if (ends.length < POINTS_MIN) return []
  const cells = cellsOf(ends.length, width - INDENT.length - LABEL_WIDTH - RANGE_WIDTH)
  const warmCells = Math.round((cells * series.warmup_s) / lengthSeconds(series))
  const curve = (label: string, column: string, kind: FigureKind, unit: string): string => {
    const values = series.columns[column] ?? []
    const line = sparkline(values, cells)
    const drawn = style.dim(line.slice(0, warmCells)) + line.slice(warmCells)
    return `${INDENT}${style.dim(label.padEnd(LABEL_WIDTH))}${drawn}  ${rangeText(values, ends, series.warmup_s, kind, unit)}`
  }
  const title = `${style.bold('Over time')}${series.warmup_s > 0 ? style.dim('  ╌ warm-up, which no figure counts') : ''}`
  return [
    title,
    curve('load', LOAD_COLUMN, 'rate', ' req/s'),
    curve('p95', P95_COLUMN, 'latency', ''),
    ...axisLines(lengthSeconds(series), cells, warmCells).map(
      (line) => INDENT + style.dim(' '.repeat(LABEL_WIDTH) + line),
    ),
  ]
}

/** Smallest and largest value after the warm-up. */
function rangeText(
  values: readonly (number | null)[],
  ends: readonly number[],
  warmup: number,
  kind: FigureKind,
  unit: string,
): string {
  const known = values.filter((value, bucket) => value !== null && (ends[bucket] ?? 0) > warmup) as number[]
  if (known.length === 0) return ''
  return `${figureText(Math.min(...known), kind)} to ${figureText(Math.max(...known), kind)}${unit}`
}

/** The axis and its labels; ticks stand at round times. */
function axisLines(seconds: number, cells: number, warmCells: number): string[] {
  const step = TICK_SECONDS.find((candidate) => (candidate / seconds) * cells >= TICK_CELLS) ?? seconds
  const unit =
    step >= 3_600
      ? { symbol: 'h', inBase: 3_600 }
      : step >= 60
        ? { symbol: 'min', inBase: 60 }
        : { symbol: 's', inBase: 1 }
  const axis = Array.from({ length: cells }, (_, cell): string => (cell < warmCells ? '╌' : '─'))
  const labels = Array.from({ length: cells + 8 }, () => ' ')
  const write = (text: string, at: number): void =>
    text.split('').forEach((character, offset) => (labels[at + offset] = character))
  write('0', 0)
  for (let tick = 1; tick * step <= seconds; tick++) {
    const at = Math.min(cells - 1, Math.round((tick * step * cells) / seconds))
    const label = String(Number(((tick * step) / unit.inBase).toPrecision(6)))
    const isLast = (tick + 1) * step > seconds
    axis[at] = isLast && at === cells - 1 ? '┤' : '┼'
    write(isLast ? `${label} ${unit.symbol}` : label, at)
  }
  axis[0] = '├'
  return [axis.join(''), labels.join('').trimEnd()]
}
