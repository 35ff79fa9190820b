/** The figures of two studies side by side, with their difference and what it means. */
import type { FigureComparison, PairComparison, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { distinctFigures } from '../../../sim-core/analysis/distinct-figures.ts'
import { halfWidthOf } from '../../../sim-core/analysis/estimate.ts'
import { figureName, isShare } from '../../../sim-core/analysis/figure-words.ts'
import type { Estimate } from '../../contract/study-api.ts'
import type { Paint, Style } from '../style.ts'
import { printable } from '../style.ts'
import type { FigureKind } from './figure-text.ts'
import { estimateInline, estimateText, figureText, FIXED_SPACE, NO_FIGURE } from './figure-text.ts'
import { tableLines } from './text-table.ts'

/** Figures besides the headline that are told unless all are asked for: those that changed most; of several pairs fewer. */
const OTHERS_TOLD = 20
const OTHERS_TOLD_OF_SEVERAL = 6

const SIGNS: Readonly<Record<FigureComparison['verdict'], readonly [sign: string, word: string]>> = {
  better: ['✓', 'better'],
  worse: ['✗', 'worse'],
  higher: ['↑', 'higher'],
  lower: ['↓', 'lower'],
  same: ['=', 'same'],
  cannot_tell: ['~', "can't tell"],
}

/** The headline figures, then the others: those that certainly differ, or all. */
export function comparisonFigureLines(
  pair: PairComparison,
  { confidence, pairs }: StudyComparison,
  style: Style,
  all: boolean,
): string[] {
  const headline = pair.figures.filter((figure) => figure.headline)
  const others = pair.figures.filter((figure) => !figure.headline)
  const differing = distinctFigures(pair.figures).filter(
    (figure) => !figure.headline && figure.verdict !== 'same' && figure.verdict !== 'cannot_tell',
  )
  const most = pairs.length > 1 ? OTHERS_TOLD_OF_SEVERAL : OTHERS_TOLD
  const told = all ? others : byChange(differing).slice(0, most)
  const percent = Number((confidence * 100).toPrecision(4))
  const title = pairs.length > 1 ? `${pair.baseline} against ${pair.candidate}` : 'Headline figures'
  const note = `± is half of a ${percent} % interval; ${headline.length} verdicts together are right with ${percent} % (Holm)`
  const count = all ? `${others.length}` : `${told.length} of ${differing.length} that differ, ${others.length} in all`
  return [
    `${style.bold(title)}  ${style.dim(note)}`,
    ...figureLines(headline, pair, style),
    ...(told.length === 0
      ? []
      : ['', `${style.bold('Other figures')}  ${style.dim(`${count}, each judged by itself`)}`]),
    ...(told.length === 0 ? [] : figureLines(told, pair, style)),
  ]
}

function figureLines(
  figures: readonly FigureComparison[],
  { baseline, candidate }: PairComparison,
  style: Style,
): string[] {
  const head = ['', baseline, candidate, `${candidate} − ${baseline}`, 'relative', ''].map(style.dim)
  return tableLines(
    [head, ...figures.map((figure) => row(figure, style))],
    ['left', 'right', 'right', 'right', 'right', 'left'],
  )
}

function row(figure: FigureComparison, style: Style): string[] {
  const kind = kindOf(figure.figure)
  const [sign, word] = SIGNS[figure.verdict]
  const paint = paintOf(figure.verdict, style)
  return [
    `${paint(sign)} ${printable(figureName(figure.subject, figure.figure))}`,
    estimateText(figure.baseline, kind).value,
    estimateText(figure.candidate, kind).value,
    differenceText(figure.difference, kind),
    style.dim(changeText(figure.relative, 'ratio')),
    paint(word),
  ]
}

function paintOf(verdict: FigureComparison['verdict'], style: Style): Paint {
  if (verdict === 'better') return style.good
  if (verdict === 'worse') return style.bad
  return verdict === 'cannot_tell' ? style.doubtful : (text) => text
}

/** Of shares in percentage points, so that 2 % of 10 % is not taken for 2 points. */
function differenceText(difference: Estimate, kind: FigureKind): string {
  const text = changeText(difference, kind)
  return kind === 'ratio' ? text.replace('%', 'pp') : text
}

/** With its sign; in the unit and with the decimals of half the interval where that is the larger of the two. */
function changeText(change: Estimate, kind: FigureKind): string {
  const half = halfWidthOf(change)
  const { mean } = change
  if (mean === null || half === null || half <= Math.abs(mean)) return signed(mean, estimateInline(change, kind))
  const [digits = '', symbol] = figureText(half, kind).split(FIXED_SPACE)
  const decimals = digits.split('.')[1]?.length ?? 0
  const value = ((mean * Number(digits)) / half).toFixed(decimals)
  const unit = symbol === undefined ? '' : FIXED_SPACE + symbol
  return signed(mean, `${value}${unit}${FIXED_SPACE}±${FIXED_SPACE}${digits}`)
}

function signed(value: number | null, text: string): string {
  if (value === null) return NO_FIGURE
  return value > 0 ? `+${text}` : text.replace(/^-/u, '−')
}

function kindOf(figure: string): FigureKind {
  if (figure.endsWith('_ms')) return 'latency'
  if (isShare(figure)) return 'ratio'
  return figure.endsWith('_rps') ? 'rate' : 'count'
}

function byChange(figures: readonly FigureComparison[]): FigureComparison[] {
  const size = ({ relative }: FigureComparison): number => Math.abs(relative.mean ?? Infinity)
  return figures.toSorted((a, b) => size(b) - size(a) || (a.id < b.id ? -1 : 1))
}
