/** The course of a load, with its axes and its peak. What can be done with it stands above it, as buttons. */
import { timeWords } from './figure-of-quantity.ts'
import type { LoadCurve } from './load-curve-model.ts'
import styles from './LoadDrawing.module.css'
import type { LoadScale } from './load-scale.ts'
import { LOAD_HEIGHT, LOAD_SIDE } from './load-scale.ts'

interface LoadDrawingProps {
  readonly curve: LoadCurve
  readonly scale: LoadScale
  readonly width: number
  readonly peakWords: string
}

/** Of texts above the bottom, and above the line of the peak, in px. */
const TEXT_GAP = 4
const PEAK_GAP = 11

export function LoadDrawing({ curve, scale, width, peakWords }: LoadDrawingProps) {
  const { points, peak, durationNs } = curve
  const line = points
    .map(({ atNs, level }, at) => `${at === 0 ? 'M' : 'L'}${scale.x(atNs).toFixed(1)},${scale.y(level).toFixed(1)}`)
    .join('')
  const base = scale.y(0)
  const right = width - LOAD_SIDE
  const bottom = LOAD_HEIGHT - TEXT_GAP
  const peakX = scale.x(peak.atNs)
  const peakY = scale.y(peak.level)
  const anchor = peakX < width / 4 ? 'start' : peakX > (width * 3) / 4 ? 'end' : 'middle'
  return (
    <svg className={styles['drawing']} width={width} height={LOAD_HEIGHT} aria-hidden="true">
      <line className={styles['axis']} x1={LOAD_SIDE} x2={right} y1={base} y2={base} />
      <text x={LOAD_SIDE} y={bottom}>
        0
      </text>
      <text x={width / 2} y={bottom} textAnchor="middle">
        {timeWords(durationNs / 2)}
      </text>
      <text x={right} y={bottom} textAnchor="end">
        {timeWords(durationNs)}
      </text>
      <path className={styles['area']} d={`${line}V${base}H${scale.x(0)}Z`} />
      <path className={styles['line']} d={line} />
      <line className={styles['peak']} x1={LOAD_SIDE} x2={right} y1={peakY} y2={peakY} />
      <text x={peakX} y={peakY - PEAK_GAP} textAnchor={anchor}>
        {peakWords}
      </text>
    </svg>
  )
}
