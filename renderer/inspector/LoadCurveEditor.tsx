/** A load over simulated time, with points that can be dragged or moved with the arrow keys. */
import { useElementSize } from '@mantine/hooks'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useMemo, useRef, useState } from 'react'
import type { LoadPicture } from '../../sim-core/language/field.ts'
import { levelWords, timeWords } from './figure-of-quantity.ts'
import type { OneOfControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import type { LoadCurve, LoadHandle, LoadMove } from './load-curve-model.ts'
import { loadCurve, moveEdits, niceStep, niceTimeStepNs, withEdits } from './load-curve-model.ts'
import styles from './LoadCurveEditor.module.css'
import { changeLabel } from './words.ts'

interface LoadCurveEditorProps {
  readonly control: OneOfControl
  readonly picture: LoadPicture
}

const HEIGHT = 132
const TOP = 20
const BOTTOM = 18
const SIDE = 6
const DEFAULT_WIDTH = 300

/** Dragging snaps to this share of the whole, arrow keys move by it. */
const SNAP_SHARE = 1 / 60

/** The highest level stands a little below the top, so that it can be dragged up. */
const HEADROOM = 1.15

interface Scale {
  readonly x: (atNs: number) => number
  readonly y: (level: number) => number
  readonly atNs: (x: number) => number
  readonly level: (y: number) => number
}

export function LoadCurveEditor({ control, picture }: LoadCurveEditorProps) {
  const { changeAll, runNs, isReadOnly } = useFormScope()
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const [moving, setMoving] = useState<{ readonly index: number; readonly move: LoadMove } | null>(null)
  const { field, value } = control
  const still = useMemo(
    () => (value === undefined ? undefined : loadCurve(field, value, runNs, picture.level)),
    [field, value, runNs, picture.level],
  )
  const isDragging = useRef(false)
  if (still === undefined || value === undefined) return null
  const dragged = moving === null ? undefined : still.handles[moving.index]
  const edits = dragged === undefined || moving === null ? [] : moveEdits(dragged, moving.move, picture.level)
  const curve = edits.length === 0 ? still : (loadCurve(field, withEdits(value, edits), runNs, picture.level) ?? still)
  const width = measured > 0 ? measured : DEFAULT_WIDTH
  const scale = scaleOf(still, width)
  const write = (handle: LoadHandle, move: LoadMove): void => {
    const changes = moveEdits(handle, move, picture.level).map((edit) => ({
      path: [...control.path, ...edit.path],
      value: edit.value,
    }))
    if (changes.length > 0) changeAll(changes, changeLabel('Move a point of', control.label, control.path))
  }
  const place = (event: PointerEvent<SVGElement>): LoadMove => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect()
    return snapped(scale, still, event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0))
  }
  const pointerProps = (handle: LoadHandle, index: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (isReadOnly) return
      event.currentTarget.setPointerCapture(event.pointerId)
      isDragging.current = true
    },
    onPointerMove: (event: PointerEvent<SVGElement>) => {
      if (isDragging.current) setMoving({ index, move: place(event) })
    },
    onPointerUp: () => {
      isDragging.current = false
      if (moving !== null) write(handle, moving.move)
      setMoving(null)
    },
    onPointerCancel: () => {
      isDragging.current = false
      setMoving(null)
    },
    onKeyDown: (event: KeyboardEvent) => {
      const move = isReadOnly ? undefined : keyMove(event.key, handle, still)
      if (move === undefined) return
      event.preventDefault()
      write(handle, move)
    },
  })
  const summary = `${control.label} over the run: from ${words(curve.points[0]?.level ?? 0)} to a peak of ${words(curve.peak.level)} at ${timeWords(curve.peak.atNs)}`
  function words(level: number): string {
    return levelWords(level, picture.level)
  }
  return (
    <div ref={ref} className={styles['curve']}>
      <svg width={width} height={HEIGHT} role="group" aria-label={summary}>
        <Axes curve={curve} scale={scale} width={width} />
        <path className={styles['area']} d={`${pathOf(curve, scale)}V${scale.y(0)}H${scale.x(0)}Z`} />
        <path className={styles['line']} d={pathOf(curve, scale)} />
        <PeakMark curve={curve} scale={scale} width={width} words={`peak ${words(curve.peak.level)}`} />
        {curve.handles.map((handle, index) =>
          handle.atNs > curve.durationNs ? null : (
            <circle
              // The place in the order is what a point is.
              // eslint-disable-next-line react/no-array-index-key
              key={index}
              className={styles['handle']}
              cx={scale.x(handle.atNs)}
              cy={scale.y(handle.level)}
              r={5}
              tabIndex={isReadOnly ? -1 : 0}
              role="slider"
              aria-label={`Point ${index + 1}, ${handle.name}. Arrow keys move it`}
              aria-valuenow={handle.level}
              aria-valuetext={`${words(handle.level)} at ${timeWords(handle.atNs)}`}
              aria-disabled={isReadOnly}
              data-level={handle.levelPath !== undefined || undefined}
              data-time={handle.time !== undefined || undefined}
              {...pointerProps(still.handles[index] ?? handle, index)}
            />
          ),
        )}
      </svg>
      <span className={styles['readout']} aria-hidden="true">
        {moving === null || curve.handles[moving.index] === undefined
          ? ''
          : `${words(curve.handles[moving.index]?.level ?? 0)} at ${timeWords(curve.handles[moving.index]?.atNs ?? 0)}`}
      </span>
    </div>
  )
}

function scaleOf(curve: LoadCurve, width: number): Scale {
  const most = Math.max(curve.peak.level * HEADROOM, 1)
  const inner = width - 2 * SIDE
  const depth = HEIGHT - TOP - BOTTOM
  return {
    x: (atNs) => SIDE + (atNs / curve.durationNs) * inner,
    y: (level) => TOP + (1 - level / most) * depth,
    atNs: (x) => ((x - SIDE) / inner) * curve.durationNs,
    level: (y) => (1 - (y - TOP) / depth) * most,
  }
}

function snapped(scale: Scale, curve: LoadCurve, x: number, y: number): LoadMove {
  const { timeNs, level } = snapSteps(curve)
  return {
    atNs: Math.max(0, Math.round(scale.atNs(x) / timeNs) * timeNs),
    level: Math.max(0, Math.round(scale.level(y) / level) * level),
  }
}

function snapSteps(curve: LoadCurve) {
  return {
    timeNs: niceTimeStepNs(curve.durationNs * SNAP_SHARE),
    level: niceStep(Math.max(curve.peak.level, 1) * SNAP_SHARE),
  }
}

function keyMove(key: string, handle: LoadHandle, curve: LoadCurve): LoadMove | undefined {
  const { timeNs, level } = snapSteps(curve)
  switch (key) {
    case 'ArrowLeft':
      return { atNs: handle.atNs - timeNs }
    case 'ArrowRight':
      return { atNs: handle.atNs + timeNs }
    case 'ArrowUp':
      return { level: handle.level + level }
    case 'ArrowDown':
      return { level: Math.max(0, handle.level - level) }
    default:
      return undefined
  }
}

function pathOf({ points }: LoadCurve, scale: Scale): string {
  return points
    .map(
      ({ atNs, level }, index) => `${index === 0 ? 'M' : 'L'}${scale.x(atNs).toFixed(1)},${scale.y(level).toFixed(1)}`,
    )
    .join('')
}

interface DrawingProps {
  readonly curve: LoadCurve
  readonly scale: Scale
  readonly width: number
}

function Axes({ curve, scale, width }: DrawingProps) {
  const base = scale.y(0)
  return (
    <g className={styles['axes']} aria-hidden="true">
      <line x1={SIDE} x2={width - SIDE} y1={base} y2={base} />
      <text x={SIDE} y={HEIGHT - 4}>
        0
      </text>
      <text x={width / 2} y={HEIGHT - 4} textAnchor="middle">
        {timeWords(curve.durationNs / 2)}
      </text>
      <text x={width - SIDE} y={HEIGHT - 4} textAnchor="end">
        {timeWords(curve.durationNs)}
      </text>
    </g>
  )
}

function PeakMark({ curve, scale, width, words }: DrawingProps & { readonly words: string }) {
  const x = scale.x(curve.peak.atNs)
  const y = scale.y(curve.peak.level)
  const anchor = x < width * 0.25 ? 'start' : x > width * 0.75 ? 'end' : 'middle'
  return (
    <g className={styles['peak']} aria-hidden="true">
      <line x1={SIDE} x2={width - SIDE} y1={y} y2={y} />
      <text x={x} y={y - 9} textAnchor={anchor}>
        {words}
      </text>
    </g>
  )
}
