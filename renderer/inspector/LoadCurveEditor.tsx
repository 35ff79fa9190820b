/** A load over simulated time, with points that can be dragged or moved with the arrow keys. */
import { useElementSize } from '@mantine/hooks'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useMemo, useState } from 'react'
import type { LoadPicture } from '../../sim-core/language/field.ts'
import { levelWords, timeWords } from './figure-of-quantity.ts'
import type { OneOfControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { LoadDrawing } from './LoadDrawing.tsx'
import type { LoadScale } from './load-scale.ts'
import { keyMove, LOAD_HEIGHT, loadScale, pointMove } from './load-scale.ts'
import type { LoadCurve, LoadHandle, LoadMove } from './load-curve-model.ts'
import { loadCurve, moveEdits, withEdits } from './load-curve-model.ts'
import styles from './LoadCurveEditor.module.css'
import { changeLabel } from './words.ts'

interface LoadCurveEditorProps {
  readonly control: OneOfControl
  readonly picture: LoadPicture
}

const DEFAULT_WIDTH = 300

/** A point on its way, and where to. */
interface Moving {
  readonly index: number
  readonly move: LoadMove
}

export function LoadCurveEditor({ control, picture }: LoadCurveEditorProps) {
  const { changeAll, runNs } = useFormScope()
  const { ref, width: measured } = useElementSize<HTMLFieldSetElement>()
  const [moving, setMoving] = useState<Moving | null>(null)
  const { field, value } = control
  const still = useMemo(() => loadCurve(field, value, runNs, picture.level), [field, value, runNs, picture.level])
  if (still === undefined || value === undefined) return null
  const moved = moving === null ? undefined : still.handles[moving.index]
  const edits = moved === undefined || moving === null ? [] : moveEdits(moved, moving.move, picture.level)
  const shown = edits.length === 0 ? still : (loadCurve(field, withEdits(value, edits), runNs, picture.level) ?? still)
  const width = measured > 0 ? measured : DEFAULT_WIDTH
  const scale = loadScale(still, width)
  const write = (handle: LoadHandle, move: LoadMove): void => {
    const changes = moveEdits(handle, move, picture.level)
    const placed = changes.map((edit) => ({ path: [...control.path, ...edit.path], value: edit.value }))
    if (placed.length > 0) changeAll(placed, changeLabel('Move a point of', control.label, control.path))
  }
  const { level, atNs } = shown.peak
  const peak = levelWords(level, picture.level)
  return (
    <fieldset
      ref={ref}
      className={styles['curve']}
      style={{ height: LOAD_HEIGHT }}
      aria-label={`${control.label} over the run, with a peak of ${peak} at ${timeWords(atNs)}`}
    >
      <LoadDrawing curve={shown} scale={scale} width={width} peakWords={`peak ${peak}`} />
      {still.handles.map((handle, index) => (
        <PointHandle
          // The place in the order is what a point is.
          key={`${handle.name} ${index}`}
          number={index + 1}
          handle={handle}
          shown={shown.handles[index] ?? handle}
          curve={still}
          scale={scale}
          level={picture.level}
          onMoving={(move) => setMoving(move === null ? null : { index, move })}
          onMoved={(move) => write(handle, move)}
        />
      ))}
    </fieldset>
  )
}

interface PointHandleProps {
  readonly number: number
  /** As it is written, and where it is while it moves. */
  readonly handle: LoadHandle
  readonly shown: LoadHandle
  readonly curve: LoadCurve
  readonly scale: LoadScale
  readonly level: LoadPicture['level']
  readonly onMoving: (move: LoadMove | null) => void
  readonly onMoved: (move: LoadMove) => void
}

function PointHandle({ number, handle, shown, curve, scale, level, onMoving, onMoved }: PointHandleProps) {
  const { isReadOnly } = useFormScope()
  const [isHeld, setIsHeld] = useState(false)
  if (shown.atNs > curve.durationNs) return null
  const moveTo = (event: PointerEvent<HTMLElement>): LoadMove => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    return pointMove(scale, curve, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0))
  }
  const letGo = (): void => {
    setIsHeld(false)
    onMoving(null)
  }
  const words = `${levelWords(shown.level, level)} at ${timeWords(shown.atNs)}`
  return (
    <button
      type="button"
      className={styles['handle']}
      style={{ left: scale.x(shown.atNs), top: scale.y(shown.level) }}
      disabled={isReadOnly}
      aria-label={`Point ${number}, ${handle.name}: ${words}. Arrow keys move it`}
      data-time={handle.time !== undefined || undefined}
      data-level={handle.levelPath !== undefined || undefined}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setIsHeld(true)
      }}
      onPointerMove={(event) => {
        if (isHeld) onMoving(moveTo(event))
      }}
      onPointerUp={(event) => {
        if (isHeld) onMoved(moveTo(event))
        letGo()
      }}
      onPointerCancel={letGo}
      onKeyDown={(event: KeyboardEvent) => {
        const move = keyMove(event.key, handle, curve)
        if (move === undefined) return
        event.preventDefault()
        onMoved(move)
      }}
    >
      {isHeld && <span className={styles['readout']}>{words}</span>}
    </button>
  )
}
