/** Says in a sentence what a chart shows: for those who cannot see it, and as a caption of tables. */
import { figureWords } from '../widgets/figure-text.ts'
import type { ChartContent, ChartSeries, TimeSpan } from './chart-types.ts'
import { seriesFigures } from './series-figures.ts'
import { instantText } from './time-axis.ts'

/** A series moves when its highest value is at least this many times its lowest. */
const MOVES = 1.25

/** Series told one by one; the others are counted. */
const TOLD = 3

/** Such as "p95 rises from 41 ms to 812 ms at 18:00, then falls to 44 ms; above its objective of 500 ms from 17:20." */
export function chartSentence({ series, unit, target }: ChartContent, span: TimeSpan): string {
  const told = series.slice(0, TOLD).map((each) => seriesWords(each, unit, span))
  const rest = series.length - told.length
  const [first] = series
  const parts = [
    ...told,
    ...(rest > 0 ? [`${rest} more ${rest === 1 ? 'line' : 'lines'}`] : []),
    ...(target === undefined || first === undefined ? [] : [targetWords(first, target, unit, span)]),
  ]
  return parts.length === 0 ? 'Nothing was measured.' : `${parts.join('; ')}.`
}

function seriesWords(series: ChartSeries, unit: string, span: TimeSpan): string {
  const { first, min, max, maxAtS, last } = seriesFigures(series, span)
  if (first === null || last === null || min === null || max === null || maxAtS === null)
    return `${series.label} has no figures`
  const words = (value: number): string => figureWords(value, unit)
  if (max === min) return `${series.label} stays at ${words(max)}`
  if (max < min * MOVES) return `${series.label} stays between ${words(min)} and ${words(max)}`
  const rises = max > first
  const falls = last * MOVES < max
  const start = rises
    ? `${series.label} rises from ${words(first)} to ${words(max)} at ${instantText(maxAtS)}`
    : `${series.label} begins at its highest, ${words(max)}`
  return falls ? `${start}, then ends at ${words(last)}` : start
}

function targetWords(
  series: ChartSeries,
  target: NonNullable<ChartContent['target']>,
  unit: string,
  span: TimeSpan,
): string {
  const { x, y } = series
  const at = x.findIndex(
    (seconds, index) => seconds >= span.fromS && seconds <= span.toS && (y[index] ?? -Infinity) > target.value,
  )
  const name = `${target.label} of ${figureWords(target.value, unit)}`
  return at < 0 ? `never above the ${name}` : `above the ${name} from ${instantText(x[at]!)}`
}
