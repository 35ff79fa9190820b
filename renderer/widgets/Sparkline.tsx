/** A small line without axes: the shape of a figure over a run. */
import { VisuallyHidden } from '@mantine/core'
import styles from './Sparkline.module.css'
import { sparklinePath } from './sparkline-path.ts'

export interface SparklineProps {
  readonly values: readonly (number | null)[]
  /** What it shows, in words with figures. */
  readonly label: string
  /** Colour of the line, as a CSS colour. */
  readonly colour: string
  /** In px; the width is that of its place. */
  readonly height?: number
}

/** Coordinates of the drawing, stretched to the place that there is. */
const DRAWN_WIDTH = 120

export function Sparkline({ values, label, colour, height = 28 }: SparklineProps) {
  const path = sparklinePath(values, DRAWN_WIDTH, height)
  return (
    <span className={styles['place']} title={label}>
      <VisuallyHidden>{label}</VisuallyHidden>
      <svg
        className={styles['sparkline']}
        aria-hidden="true"
        viewBox={`0 0 ${DRAWN_WIDTH} ${height}`}
        preserveAspectRatio="none"
        height={height}
      >
        {path === '' ? (
          <line className={styles['nothing']} x1="0" x2={DRAWN_WIDTH} y1={height - 2} y2={height - 2} />
        ) : (
          <path className={styles['line']} d={path} stroke={colour} />
        )}
      </svg>
    </span>
  )
}
