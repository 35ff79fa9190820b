/** A number of a result: its value, its unit, and how sure it is. */
import { NO_FIGURE, figureText, figureWords } from './figure-text.ts'
import styles from './Figure.module.css'

export interface FigureProps {
  /** In base units of `unit`; null where there is no figure. */
  readonly value: number | null | undefined
  /** As `figureText` takes it: `ms`, `req/s`, `ratio`, `bytes`, … */
  readonly unit: string
  /** Ends of the confidence interval, in the same unit. */
  readonly low?: number | null | undefined
  readonly high?: number | null | undefined
  /** Comes from one replication, so that there is no interval. */
  readonly single?: boolean | undefined
  /** The replications did not reach the wanted precision. */
  readonly unconverged?: boolean | undefined
}

/** Value, dim unit, and the half-width of the interval or a chip that says why there is none. */
export function Figure({ value, unit, low, high, single = false, unconverged = false }: FigureProps) {
  const { text, unit: shownUnit } = figureText(value, unit)
  const half = halfWidth(low, high)
  const known = typeof value === 'number' && Number.isFinite(value)
  return (
    <span className={styles['figure']}>
      <span className={styles['value']}>{text}</span>
      {half !== null && known && (
        <span className={styles['half']} title={intervalWords(low, high, unit)}>
          {' ±\u00a0'}
          {figureText(half, unit, { like: value }).text}
        </span>
      )}
      {shownUnit !== '' && (
        <span className={styles['unit']}>
          {shownUnit === '×' ? '' : ' '}
          {shownUnit}
        </span>
      )}
      {text === NO_FIGURE && <span className={styles['hidden']}>no figure</span>}
      {single && known && (
        <span className={styles['chip']} title="From one replication: there is no interval. Run more to get one.">
          single run
        </span>
      )}
      {unconverged && known && (
        <span className={styles['warning']} title="The replications did not reach the precision that was asked for.">
          not converged
        </span>
      )}
    </span>
  )
}

function halfWidth(low: number | null | undefined, high: number | null | undefined): number | null {
  if (typeof low !== 'number' || typeof high !== 'number' || high < low) return null
  return (high - low) / 2
}

function intervalWords(low: number | null | undefined, high: number | null | undefined, unit: string): string {
  return `95 % interval: ${figureWords(low, unit)} to ${figureWords(high, unit)}`
}
