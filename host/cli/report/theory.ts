/** What queueing theory says, beside what was simulated. */
import type { StudyResult } from '../../contract/study-api.ts'
import { printable } from '../style.ts'
import type { Style } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { estimateText, figureText } from './figure-text.ts'
import { tableLines } from './text-table.ts'

type Comparison = StudyResult['theory'][number]

/** How figures are told that are no latency. */
const KINDS: Readonly<Record<string, FigureKind>> = { utilisation: 'ratio', wait_probability: 'ratio' }

/** One table for each endpoint that theory has a formula for. */
export function theoryLines(comparisons: readonly Comparison[], style: Style): string[] {
  return comparisons.flatMap((comparison, index) => [
    ...(index === 0 ? [] : ['']),
    ...comparisonLines(comparison, style),
  ])
}

function comparisonLines({ model, endpoint, rows }: Comparison, style: Style): string[] {
  const head = ['', 'theory', 'simulated', '', ''].map(style.dim)
  const body = rows.map(({ figure, theory, simulated }) => {
    const kind = KINDS[figure] ?? 'latency'
    const { value, spread } = estimateText(simulated, kind)
    return [figureName(figure), figureText(theory, kind), value, style.dim(spread), agreement(theory, simulated, style)]
  })
  const title = `${style.bold(`Theory of ${printable(model)}`)}  ${style.dim(printable(endpoint))}`
  return [title, ...tableLines([head, ...body], ['left', 'right', 'right', 'left', 'left'])]
}

function figureName(figure: string): string {
  return figure.replace(/_ms$/u, '').replaceAll('_', ' ')
}

/** With 95 % intervals one figure in twenty lies outside by chance alone. */
function agreement(theory: number, { low, high }: Comparison['rows'][number]['simulated'], style: Style): string {
  if (low === null || high === null) return ''
  return theory >= low && theory <= high
    ? style.good('✓ inside the interval')
    : style.doubtful('~ outside the interval')
}
