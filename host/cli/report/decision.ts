/** The decision: what the study says, how far the limit is, and what stands in the way. */
import type { Bottleneck, StudyResult } from '../../contract/study-api.ts'
import { printable, wrapped } from '../style.ts'
import type { Paint, Style } from '../style.ts'
import { figureText, momentText } from './figure-text.ts'
import { highestLoad, lengthSeconds } from './series-figures.ts'
import { INDENT } from './text-table.ts'

/** How each verdict looks: a sign and a word besides the colour. */
const VERDICTS = {
  pass: { sign: '✓', word: 'PASS', shade: 'good' },
  fail: { sign: '✗', word: 'FAIL', shade: 'bad' },
  overloaded: { sign: '✗', word: 'OVERLOADED', shade: 'bad' },
  not_converged: { sign: '~', word: 'NOT CONVERGED', shade: 'doubtful' },
} as const satisfies Record<StudyResult['verdict'], { sign: string; word: string; shade: keyof Style }>

/** A station beyond which requests queue whatever the traffic. */
const SATURATED = 0.9

/** Width of the words before the facts. */
const LABEL_WIDTH = 12

/** Title, question, verdict with its reason, headroom and bottleneck. */
export function decisionLines(result: StudyResult, style: Style, width: number): string[] {
  const { sign, word, shade } = VERDICTS[result.verdict]
  const paint = style[shade]
  const verdict = `${sign} ${word}`
  const reason = wrapped(`${verdict}  ${printable(result.reason)}`, width - 2 * INDENT.length)
  const [first = '', ...rest] = reason
  const known = facts(result)
  return [
    style.bold(printable(result.scenario)),
    ...(result.question === '' ? [] : wrapped(printable(result.question), width).map(style.dim)),
    '',
    INDENT + style.bold(paint(verdict)) + style.bold(first.slice(verdict.length)),
    ...rest.map((line) => INDENT + INDENT + style.bold(line)),
    ...marks(result).map((mark) => INDENT + INDENT + style.doubtful(mark)),
    ...(known.length === 0 ? [] : ['']),
    ...known.flatMap(([label, text]) => factLines(label, text, style.dim, width)),
  ]
}

/** What a reader must know before believing any figure. */
function marks({ partial, replications, confidence, clients }: StudyResult): string[] {
  const percent = Number((confidence * 100).toPrecision(4))
  if (clients.completed + clients.failed === 0)
    return [partial ? 'partial: stopped within the warm-up, so nothing counts yet' : 'no request was measured']
  const single =
    clients.latency_ms.mean.low === null
      ? 'single run, no intervals'
      : `single run, ${percent} % intervals from batches`
  return [
    ...(partial ? ['partial: the study was stopped before its end'] : []),
    ...(replications === 1 ? [single] : []),
  ]
}

function factLines(label: string, text: string, dim: Paint, width: number): string[] {
  const indent = `${INDENT}  `
  const lines = wrapped(text, width - indent.length - LABEL_WIDTH)
  return lines.map((line, index) => indent + dim((index === 0 ? label : '').padEnd(LABEL_WIDTH)) + line)
}

function facts(result: StudyResult): [label: string, text: string][] {
  const { in_flight, in_flight_reached } = result.limits
  const limit = `reached: at most ${figureText(in_flight, 'count')} requests are kept in flight, more were refused`
  const [worst] = result.bottlenecks
  return [
    ...(result.headroom === null ? [] : [['Headroom', headroomText(result, result.headroom)] as [string, string]]),
    ...(worst === undefined
      ? []
      : [['Bottleneck', bottleneckText(worst, lengthSeconds(result.series))] as [string, string]]),
    ...(in_flight_reached ? [['Limit', limit] as [string, string]] : []),
  ]
}

function headroomText({ series }: StudyResult, headroom: number): string {
  const peak = highestLoad(series)
  const peakText = `${figureText(peak, 'rate')} req/s`
  if (headroom >= 1) {
    return `at most ${headroom.toFixed(2)}x: the busiest station is full at about ${figureText(peak * headroom, 'rate')} req/s (peak ${peakText})`
  }
  return `${headroom.toFixed(2)}x: the first objective breaks at about ${figureText(peak * headroom, 'rate')} req/s (peak ${peakText})`
}

function bottleneckText(bottleneck: Bottleneck, duration: number): string {
  const {
    component,
    station,
    share_of_slow_queueing: share,
    starts_s: start,
    utilisation,
    utilisation_peak: peak,
  } = bottleneck
  const parts = [
    utilisation === null
      ? ''
      : `${figureText(utilisation, 'ratio')} busy${peak === null ? '' : ` on average, ${figureText(peak, 'ratio')} at its peak`}`,
    `${figureText(share, 'ratio')} of the waiting of slow requests`,
  ]
  const word = (peak ?? 0) >= SATURATED ? ', saturated' : ''
  const since = start === null ? '' : ` from ${momentText(start, duration)}`
  return `${printable(component)} ${printable(station)}${word}${since}: ${parts.filter((part) => part !== '').join('; ')}`
}
