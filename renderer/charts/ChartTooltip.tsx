/** The figures of every line at one moment, and what happened then. */
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'
import { figureWords } from '../widgets/figure-text.ts'
import type { LineStyle } from './chart-colours.ts'
import type { ChartSeries } from './chart-types.ts'
import styles from './ChartSurface.module.css'
import { LineSwatch } from './LineSwatch.tsx'
import { valueAt } from './series-window.ts'
import { instantText } from './time-axis.ts'

/** Lines told at most; the highest ones. */
const LINES_MAX = 12

export interface ChartTooltipProps {
  readonly seconds: number
  readonly unit: string
  readonly series: readonly ChartSeries[]
  readonly lines: ReadonlyMap<string, LineStyle>
  /** Those near the moment. */
  readonly events: readonly HappeningResult[]
}

export function ChartTooltip({ seconds, unit, series, lines, events }: ChartTooltipProps) {
  const values = series.map((each) => ({ each, value: valueAt(each, seconds) }))
  const shown =
    values.length <= LINES_MAX
      ? values
      : values.toSorted((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity)).slice(0, LINES_MAX)
  return (
    <>
      <div className={styles['moment']}>{instantText(seconds, true)}</div>
      {shown.map(({ each, value }) => (
        <div key={each.id} className={styles['row']}>
          <LineSwatch line={lines.get(each.id)} />
          <span className={styles['label']}>{each.label}</span>
          <span className={styles['value']}>{figureWords(value, unit)}</span>
        </div>
      ))}
      {values.length > shown.length && <div>{values.length - shown.length} more lines below these</div>}
      {events.map((event) => (
        <div key={`${event.at_s} ${event.component} ${event.text}`} className={styles['event']}>
          {instantText(event.at_s)} {event.component}: {event.text}
        </div>
      ))}
    </>
  )
}
