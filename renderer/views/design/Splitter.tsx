/** The bar between canvas and text: moved by mouse and by the arrow keys. */
import type { PointerEvent, KeyboardEvent } from 'react'
import { useDesign } from './design-store.ts'
import styles from './DesignView.module.css'

/** One press of an arrow key, as a share of the height. */
const STEP = 0.04

export function Splitter() {
  const split = useDesign((state) => state.split)
  const setSplit = useDesign((state) => state.setSplit)
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (box !== undefined && box.height > 0) setSplit((event.clientY - box.top) / box.height)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    setSplit(split + (event.key === 'ArrowDown' ? STEP : -STEP))
  }
  return (
    // A separator that can be moved is a widget: it has a value and takes the focus.
    <div
      className={styles['splitter']}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="horizontal"
      aria-label="Height of the canvas"
      aria-valuenow={Math.round(split * 100)}
      aria-valuemin={15}
      aria-valuemax={85}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  )
}
