/** Where times and levels stand on the picture of a load, and the steps in which points move. */
import type { LoadCurve, LoadHandle, LoadMove } from './load-curve-model.ts'
import { niceStep, niceTimeStepNs } from './load-curve-model.ts'

/** Height of the picture, and what its margins take, in px. */
export const LOAD_HEIGHT = 132
const TOP = 22
const BOTTOM = 18
export const LOAD_SIDE = 8

/** Points snap to this share of the whole, arrow keys move by it. */
const SNAP_SHARE = 1 / 60

/** The highest level stands a little below the top, so that it can be dragged up. */
const HEADROOM = 1.15

/** Places on the picture, in px, and back. */
export interface LoadScale {
  readonly x: (atNs: number) => number
  readonly y: (level: number) => number
  readonly atNs: (x: number) => number
  readonly level: (y: number) => number
}

/** The scale of a picture of that width. */
export function loadScale(curve: LoadCurve, width: number): LoadScale {
  const most = Math.max(curve.peak.level * HEADROOM, 1)
  const inner = width - 2 * LOAD_SIDE
  const depth = LOAD_HEIGHT - TOP - BOTTOM
  return {
    x: (atNs) => LOAD_SIDE + (atNs / curve.durationNs) * inner,
    y: (level) => TOP + (1 - level / most) * depth,
    atNs: (x) => ((x - LOAD_SIDE) / inner) * curve.durationNs,
    level: (y) => (1 - (y - TOP) / depth) * most,
  }
}

/** Where a pointer wants a point to be, on the nearest step. */
export function pointMove(scale: LoadScale, curve: LoadCurve, x: number, y: number): LoadMove {
  const steps = stepsOf(curve)
  return {
    atNs: Math.max(0, Math.round(scale.atNs(x) / steps.timeNs) * steps.timeNs),
    level: Math.max(0, Math.round(scale.level(y) / steps.level) * steps.level),
  }
}

/** Where an arrow key wants a point to be; undefined for other keys. */
export function keyMove(key: string, { atNs, level }: LoadHandle, curve: LoadCurve): LoadMove | undefined {
  const steps = stepsOf(curve)
  switch (key) {
    case 'ArrowLeft':
      return { atNs: atNs - steps.timeNs }
    case 'ArrowRight':
      return { atNs: atNs + steps.timeNs }
    case 'ArrowUp':
      return { level: level + steps.level }
    case 'ArrowDown':
      return { level: Math.max(0, level - steps.level) }
    default:
      return undefined
  }
}

function stepsOf(curve: LoadCurve) {
  return {
    timeNs: niceTimeStepNs(curve.durationNs * SNAP_SHARE),
    level: niceStep(Math.max(curve.peak.level, 1) * SNAP_SHARE),
  }
}
