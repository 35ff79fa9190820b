/** Figures of replications as dots, with the mean and its interval over them: how far they scatter, at a glance. */
import { VisuallyHidden } from '@mantine/core'
import { Figure } from '../widgets/Figure.tsx'
import { figureWords } from '../widgets/figure-text.ts'
import styles from './IntervalDot.module.css'

export interface IntervalDotProps {
  readonly label: string
  readonly unit: string
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
  /** One per replication. */
  readonly points: readonly (number | null)[]
  readonly target?: number | undefined
  readonly single?: boolean
}

/** Room beyond the outermost figure, as a share of all. */
const MARGIN = 0.08

export function IntervalDot({ label, unit, mean, low, high, points, target, single = false }: IntervalDotProps) {
  const scattered = points.filter((point) => point !== null)
  const { from, to } = scaleOf(
    [...scattered, mean, low, high].filter((value) => value !== null),
    Math.min(...scattered),
  )
  const left = (value: number): string => `${((value - from) / (to - from)) * 100}%`
  const words = `${label}: ${scattered.map((point) => figureWords(point, unit)).join(', ')}`
  const near = target !== undefined && target >= from && target <= to
  return (
    <div className={styles['rows']}>
      <span>{label}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
      <span className={styles['lane']} aria-hidden="true">
        {near && <span className={styles['target']} style={{ left: left(target) }} />}
        {low !== null && high !== null && (
          <span
            className={styles['interval']}
            style={{ left: left(Math.max(from, low)), width: `${((high - Math.max(from, low)) / (to - from)) * 100}%` }}
          />
        )}
        {points.map((point, replication) =>
          point === null ? null : (
            <span
              key={replication}
              className={styles['point']}
              style={{ left: left(point) }}
              title={`replication ${replication + 1}: ${figureWords(point, unit)}`}
            />
          ),
        )}
        {mean !== null && <span className={styles['mean']} style={{ left: left(mean) }} />}
      </span>
      <span className={styles['figure']}>
        <Figure value={mean} low={low} high={high} unit={unit} single={single} />
      </span>
      <span className={styles['ends']}>
        {endWords(from, to, unit).map((end, at) => (
          <span key={at}>{end}</span>
        ))}
      </span>
    </div>
  )
}

/** The ends of the scale in words: with more digits than usual where they would read the same. */
function endWords(from: number, to: number, unit: string): readonly string[] {
  const ends = [from, to].map((end) => figureWords(end, unit))
  return ends[0] === ends[1] ? [from, to].map((end) => figureWords(end, unit, { like: to - from })) : ends
}

function scaleOf(values: readonly number[], scattered: number): { readonly from: number; readonly to: number } {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (values.length === 0) return { from: 0, to: 1 }
  const margin = (high - low) * MARGIN || Math.abs(high) * MARGIN || 1
  // What cannot be negative is not drawn so, even when its interval reaches below 0.
  const from = scattered >= 0 ? Math.max(0, low - margin) : low - margin
  return { from, to: high + margin }
}
