/** How a mean and its interval settle as replications are added: a line with a band, one point per replication. */
import { VisuallyHidden } from '@mantine/core'
import { figureWords } from '../widgets/figure-text.ts'
import styles from './RunningMeanChart.module.css'

export interface RunningMeanChartProps {
  readonly label: string
  readonly unit: string
  /** The mean of the first `count` replications. */
  readonly means: readonly {
    readonly count: number
    readonly mean: number
    readonly low: number | null
    readonly high: number | null
  }[]
  readonly target?: number | undefined
}

/** Coordinates of the drawing, stretched to its place. */
const WIDTH = 400
const HEIGHT = 64
const MARGIN = 0.08

export function RunningMeanChart({ label, unit, means, target }: RunningMeanChartProps) {
  const last = means.at(-1)
  if (last === undefined) return null
  // The interval of two replications is often so wide that nothing else could be seen; it may leave the picture.
  const steady = means.filter(({ count }) => count >= Math.min(3, means.length))
  const values = [...means.map(({ mean }) => mean), ...steady.flatMap(({ low, high }) => [low, high])].filter(
    (value) => value !== null,
  )
  const [lowest, highest] = [Math.min(...values), Math.max(...values)]
  const room = (highest - lowest) * MARGIN || Math.abs(highest) * MARGIN || 1
  const x = (count: number): number => (means.length === 1 ? WIDTH / 2 : ((count - 1) / (means.length - 1)) * WIDTH)
  const y = (value: number): number => HEIGHT - ((value - lowest + room) / (highest - lowest + 2 * room)) * HEIGHT
  const banded = means.filter(({ low }) => low !== null)
  const band = [
    ...banded.map(({ count, high }) => `${x(count)},${y(high ?? 0)}`),
    ...banded.toReversed().map(({ count, low }) => `${x(count)},${y(low ?? 0)}`),
  ]
  const words = `${label} after ${last.count} replications: ${figureWords(last.mean, unit)}${last.low === null ? '' : `, between ${figureWords(last.low, unit)} and ${figureWords(last.high, unit)}`}`
  const near = target !== undefined && target >= lowest - room && target <= highest + room
  return (
    <div className={styles['chart']}>
      <span className={styles['label']}>{label}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
      <span className={styles['scale']} aria-hidden="true">
        <span>{figureWords(highest, unit)}</span>
        <span>{figureWords(lowest, unit)}</span>
      </span>
      <svg
        className={styles['picture']}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        height={HEIGHT}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <polygon className={styles['band']} points={band.join(' ')} />
        {near && <line className={styles['target']} x1={0} x2={WIDTH} y1={y(target)} y2={y(target)} />}
        <polyline
          className={styles['mean']}
          points={means.map(({ count, mean }) => `${x(count)},${y(mean)}`).join(' ')}
        />
      </svg>
    </div>
  )
}
