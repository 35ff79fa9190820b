/** Kept runs as a table, the newest first. */
import type { RunSummary } from '../../contract/run-records.ts'
import type { Paint, Style } from '../style.ts'
import { printable, shortened, styleFor } from '../style.ts'
import { FIXED_SPACE, figureText, NO_FIGURE } from './figure-text.ts'
import { tableLines } from './text-table.ts'

/** Most characters of a name and of all tags. */
const NAME_MAX = 32
const TAGS_MAX = 24

/** Digits of a ratio to the load. */
const HEADROOM_DIGITS = 3

/** The table, or what to do when it would be empty. */
export function runListText(runs: readonly RunSummary[], colour: boolean): string {
  if (runs.length === 0) return 'no run is kept here yet; headroom run FILE --save keeps one\n'
  const style = styleFor(colour)
  const head = ['run', 'begun', 'scenario', 'verdict', 'p95', 'errors', 'headroom', 'seed', 'repl.', 'tags']
  const rows = [head.map(style.dim), ...runs.map((run) => cellsOf(run, style))]
  const aligns = ['right', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'] as const
  return `${tableLines(rows, aligns).join('\n')}\n`.replaceAll(FIXED_SPACE, ' ')
}

/** `run #41, One queue, done on 2026-11-20 18:43: pass` */
export function runLine({ number, scenarioName, status, createdMs, verdict }: RunSummary): string {
  const end = verdict === null ? '' : `: ${wordsOf(verdict)}`
  return `run #${number}, ${printable(scenarioName)}, ${status}, begun ${timeText(createdMs)}${end}`
}

function cellsOf(run: RunSummary, style: Style): string[] {
  const { headline } = run
  const p95Ms = headline?.p95Ms ?? null
  const headroom = headline?.headroom ?? null
  return [
    `#${run.number}`,
    timeText(run.createdMs),
    shortened(printable(run.scenarioName), NAME_MAX),
    verdictCell(run, style),
    p95Ms === null ? NO_FIGURE : figureText(p95Ms, 'latency'),
    headline === null ? NO_FIGURE : figureText(headline.errorRatio, 'ratio'),
    headroom === null ? NO_FIGURE : `${headroom.toPrecision(HEADROOM_DIGITS)}x`,
    String(run.seed),
    String(run.replications),
    shortened(printable(run.tags.join(', ')), TAGS_MAX),
  ]
}

function verdictCell({ status, verdict, partial, injected }: RunSummary, style: Style): string {
  if (verdict === null) return style.dim(status)
  const marks = [...(partial ? ['partial'] : []), ...(injected > 0 ? ['faults by hand'] : [])]
  return paintOf(verdict, style)(wordsOf(verdict)) + (marks.length === 0 ? '' : ` (${marks.join(', ')})`)
}

type Verdict = NonNullable<RunSummary['verdict']>

function paintOf(verdict: Verdict, style: Style): Paint {
  if (verdict === 'pass') return style.good
  return verdict === 'not_converged' ? style.doubtful : style.bad
}

function wordsOf(verdict: Verdict): string {
  return verdict.replaceAll('_', ' ')
}

/** `2026-11-20 18:43`, by the clock on the wall here. */
function timeText(ms: number): string {
  const date = new Date(ms)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}
