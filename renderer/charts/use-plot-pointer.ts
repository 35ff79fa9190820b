/** Pointer over a plot: moves the crosshair, drags a selection and zooms to it. */
import type { PointerEvent } from 'react'
import { useState } from 'react'
import { pointAt, zoomTo } from './chart-group-store.ts'
import type { TimeSpan } from './chart-types.ts'

/** A drag shorter than this is a click, in px. */
const DRAG_MIN_PX = 4

/** From the left edge of the plot, in px. */
interface Selection {
  readonly fromPx: number
  readonly toPx: number
}

export function usePlotPointer(group: string, span: TimeSpan, widthPx: number) {
  const [active, setActive] = useState(false)
  const [pointerY, setPointerY] = useState<number | null>(null)
  const [selection, setSelection] = useState<Selection | null>(null)
  const secondsAt = (px: number): number => span.fromS + (px / widthPx) * (span.toS - span.fromS)
  return {
    /** Whether the pointer is over this plot, not another one of the group. */
    active,
    selection,
    /** Below the upper edge of the plot, in px; null when it is elsewhere. */
    pointerY,
    setActive,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setSelection({ fromPx: pxOf(event, widthPx), toPx: pxOf(event, widthPx) })
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const px = pxOf(event, widthPx)
        setActive(true)
        setPointerY(event.clientY - event.currentTarget.getBoundingClientRect().top)
        pointAt(group, secondsAt(px))
        if (selection !== null) setSelection({ ...selection, toPx: px })
      },
      onPointerUp: () => {
        if (selection !== null && Math.abs(selection.toPx - selection.fromPx) >= DRAG_MIN_PX) {
          const { fromPx, toPx } = selection
          zoomTo(group, { fromS: secondsAt(Math.min(fromPx, toPx)), toS: secondsAt(Math.max(fromPx, toPx)) })
        }
        setSelection(null)
      },
      onPointerCancel: () => setSelection(null),
      onPointerLeave: () => {
        setActive(false)
        setPointerY(null)
        pointAt(group, null)
      },
      onDoubleClick: () => zoomTo(group, null),
    },
  }
}

function pxOf(event: PointerEvent<HTMLElement>, widthPx: number): number {
  return Math.min(widthPx, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left))
}
