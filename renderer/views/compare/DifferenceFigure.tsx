/** A difference with its sign, its unit, and half the width of its interval. */
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'
import { figureText, figureWords } from '../../widgets/figure-text.ts'
import styles from './DifferenceFigure.module.css'

export interface DifferenceFigureProps {
  readonly difference: Estimate
  /** As `figureText` takes it. */
  readonly unit: string
  /** Percentage points rather than per cent: a difference of two shares. */
  readonly points?: boolean
  readonly dim?: boolean
}

export function DifferenceFigure({ difference, unit, points = false, dim = false }: DifferenceFigureProps) {
  const { mean, low, high } = difference
  const half = low === null || high === null || mean === null ? null : (high - low) / 2
  // Both in the unit and with the decimals of the larger one.
  const like = Math.max(Math.abs(mean ?? 0), half ?? 0)
  const { text, unit: shown } = figureText(mean, unit, { like })
  const sign = (mean ?? 0) > 0 ? '+' : ''
  return (
    <span className={styles['difference']} data-dim={dim || undefined}>
      {sign}
      {text}
      {half !== null && half > 0 && (
        <span className={styles['half']} title={`Interval: ${figureWords(low, unit)} to ${figureWords(high, unit)}`}>
          {' ± '}
          {figureText(half, unit, { like }).text}
        </span>
      )}
      {shown !== '' && <span className={styles['unit']}>&nbsp;{points ? 'pp' : shown}</span>}
    </span>
  )
}
