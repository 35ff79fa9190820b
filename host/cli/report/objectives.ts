/** The objectives: what was promised, what came out, whether it holds. */
import type { ObjectiveResult } from '../../contract/study-api.ts'
import { printable } from '../style.ts'
import type { Style } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { estimateText, targetText } from './figure-text.ts'
import { tableLines } from './text-table.ts'

/** Metrics that are no latency; and of those the ones that must be at least their target. */
const KINDS: Readonly<Record<string, FigureKind>> = { errors: 'ratio', availability: 'ratio', throughput: 'rate' }
const AT_LEAST: ReadonlySet<string> = new Set(['availability', 'throughput'])

/** One line an objective. */
export function objectiveLines(objectives: readonly ObjectiveResult[], style: Style): string[] {
  if (objectives.length === 0) return []
  const counts = `${objectives.filter(({ pass }) => pass === true).length} of ${objectives.length} hold`
  const rows = objectives.map((objective) => row(objective, style))
  return [
    `${style.bold('Objectives')}  ${style.dim(counts)}`,
    ...tableLines(rows, ['left', 'left', 'right', 'right', 'left', 'left']),
  ]
}

function row({ metric, endpoint, target, value, low, high, pass }: ObjectiveResult, style: Style): string[] {
  const kind = KINDS[metric] ?? 'latency'
  const figure = estimateText({ mean: value, low, high }, kind)
  const [sign, word, paint] =
    pass === null ? ['~', "can't tell", style.doubtful] : pass ? ['✓', 'holds', style.good] : ['✗', 'misses', style.bad]
  const unit = kind === 'rate' ? '/s' : ''
  const goal = `${AT_LEAST.has(metric) ? '≥' : '≤'} ${targetText(target, kind)}${unit}`
  return [
    `${paint(sign)} ${printable(endpoint ?? 'all requests')}`,
    metric.replace('_', '.'),
    style.dim(goal),
    pass === false ? style.bad(figure.value + unit) : figure.value + unit,
    style.dim(figure.spread),
    paint(word),
  ]
}
