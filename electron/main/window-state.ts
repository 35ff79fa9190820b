/** Where the window stood last time: read, checked against the screens there are now, written. */
import { readFileSync, writeFileSync } from 'node:fs'

/** A rectangle on the desktop, in px. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What is kept of a window. */
export interface WindowState {
  readonly bounds: Bounds
  readonly isMaximised: boolean
}

/** Least size at which every screen works, in px. */
export const SMALLEST = { width: 1024, height: 700 } as const

const FIRST_SIZE = { width: 1440, height: 900 } as const

/** How much of a window, in px, must be on a screen so that it can be caught with the mouse. */
const VISIBLE_AT_LEAST = 120

/** The state in the file, if it makes sense. A broken or missing file is no state. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    const { bounds, isMaximised } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly bounds: Bounds
      readonly isMaximised?: unknown
    }
    const numbers = [bounds.x, bounds.y, bounds.width, bounds.height]
    return numbers.every(Number.isFinite) ? { bounds, isMaximised: isMaximised === true } : undefined
  } catch {
    return undefined
  }
}

/** Keeps the state; a folder that cannot be written only costs the memory of it. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state))
  } catch {
    return
  }
}

/** The bounds to open with: the kept ones if a screen still shows them, else the first size, centred by the system. */
export function openingBounds(
  state: WindowState | undefined,
  screens: readonly Bounds[],
): Partial<Bounds> & { readonly width: number; readonly height: number } {
  if (state === undefined || !screens.some((screen) => overlaps(state.bounds, screen))) return FIRST_SIZE
  const { x, y, width, height } = state.bounds
  return { x, y, width: Math.max(width, SMALLEST.width), height: Math.max(height, SMALLEST.height) }
}

function overlaps(window: Bounds, screen: Bounds): boolean {
  const width = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const height = Math.min(window.y + window.height, screen.y + screen.height) - Math.max(window.y, screen.y)
  return width >= VISIBLE_AT_LEAST && height >= VISIBLE_AT_LEAST
}
