/** The plot's area for pointer and keys: crosshair with figures, zoom by dragging, and back by double click. */
import type { KeyboardEvent, ReactNode } from 'react'
import { pointAt, useCrosshair, zoomTo } from './chart-group-store.ts'
import type { TimeSpan } from './chart-types.ts'
import styles from './ChartSurface.module.css'
import { plotKey } from './plot-keys.ts'
import { instantText } from './time-axis.ts'
import { usePlotPointer } from './use-plot-pointer.ts'

/** Where the plot stands within its chart, in px. */
export interface PlotBox {
  readonly leftPx: number
  readonly topPx: number
  readonly widthPx: number
  readonly heightPx: number
}

export interface ChartSurfaceProps {
  readonly group: string
  /** The chart's title. */
  readonly label: string
  /** Id of the sentence that says what is seen. */
  readonly describedBy: string
  readonly span: TimeSpan
  readonly whole: TimeSpan
  readonly box: PlotBox
  /** Figures at a moment, for screen readers. */
  readonly wordsAt: (seconds: number) => string
  /** Figures beside the crosshair. */
  readonly renderTooltip: (seconds: number, pointerY: number | null) => ReactNode
}

export function ChartSurface({
  group,
  label,
  describedBy,
  span,
  whole,
  box,
  wordsAt,
  renderTooltip,
}: ChartSurfaceProps) {
  const crosshairS = useCrosshair(group)
  const { active, selection, setActive, pointerY, handlers } = usePlotPointer(group, span, box.widthPx)
  const at = crosshairS ?? span.fromS
  const px = ((at - span.fromS) / (span.toS - span.fromS)) * box.widthPx
  const seen = crosshairS !== null && at >= span.fromS && at <= span.toS
  const onKeyDown = (event: KeyboardEvent): void => {
    const change = plotKey(event.key, { crosshairS, span, whole })
    if (change === null) return
    event.preventDefault()
    if ('zoom' in change) zoomTo(group, change.zoom)
    else pointAt(group, change.crosshairS)
  }
  return (
    <div
      className={styles['surface']}
      style={{ left: box.leftPx, top: box.topPx, width: box.widthPx, height: box.heightPx }}
      {...handlers}
    >
      {/* The pointer passes through: this is for keys and screen readers. */}
      <input
        type="range"
        className={styles['keys']}
        aria-label={`Moment in ${label}`}
        aria-describedby={describedBy}
        aria-valuetext={`${instantText(at)}, ${wordsAt(at)}`}
        min={span.fromS}
        max={span.toS}
        step="any"
        value={at}
        onChange={(event) => pointAt(group, Number(event.currentTarget.value))}
        onKeyDown={onKeyDown}
        onFocus={() => setActive(true)}
        onBlur={handlers.onPointerLeave}
      />
      {selection !== null && (
        <div
          className={styles['selection']}
          style={{
            left: Math.min(selection.fromPx, selection.toPx),
            width: Math.abs(selection.toPx - selection.fromPx),
          }}
        />
      )}
      {seen && <div className={styles['crosshair']} style={{ transform: `translateX(${px}px)` }} />}
      {seen && active && (
        <div className={styles['tooltip']} style={besideCrosshair(px, box.widthPx)}>
          {renderTooltip(at, pointerY)}
        </div>
      )}
    </div>
  )
}

/** On the side with more room. */
function besideCrosshair(px: number, widthPx: number): { readonly left: number } | { readonly right: number } {
  return px < widthPx / 2 ? { left: px + 12 } : { right: widthPx - px + 12 }
}
