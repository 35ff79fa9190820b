/** Cells of a heat map: the highest value of each row in each piece of time, no more than can be told apart or drawn quickly. */
import type { Instants, TimeSpan, Values } from './chart-types.ts'
import { indicesWithin } from './series-window.ts'

/** One line of the map. */
export interface HeatRow {
  readonly id: string
  readonly label: string
  /** Ends of buckets, and a ratio for each. */
  readonly x: Instants
  readonly y: Values
}

/** Cells drawn at most; more would take longer than a frame. */
const CELLS_MAX = 60_000

/** Columns that a map of some rows has at a width in px: one per px at most, and not more than there are buckets. */
export function heatColumns(rows: readonly HeatRow[], span: TimeSpan, widthPx: number): number {
  const buckets = rows.reduce((most, { x }) => {
    const { from, to } = indicesWithin(x, span)
    return Math.max(most, to - from)
  }, 1)
  return Math.max(1, Math.min(buckets, Math.floor(widthPx), Math.floor(CELLS_MAX / Math.max(1, rows.length))))
}

/** Values row by row; NaN where nothing was measured. A cell shows the highest value within it: short peaks stay visible. */
export function heatCells(rows: readonly HeatRow[], span: TimeSpan, columns: number): Float64Array {
  const cells = new Float64Array(rows.length * columns).fill(NaN)
  const scale = columns / (span.toS - span.fromS)
  for (const [row, { x, y }] of rows.entries()) {
    const { from, to } = indicesWithin(x, span)
    for (let index = from; index < to; index++) {
      const value = y[index] ?? NaN
      if (Number.isNaN(value)) continue
      const begins = index === 0 ? 0 : x[index - 1]!
      const first = Math.max(0, Math.floor((begins - span.fromS) * scale + 1e-6))
      const last = Math.min(columns - 1, Math.ceil((x[index]! - span.fromS) * scale - 1e-6) - 1)
      raise(cells, row * columns + first, row * columns + last, value)
    }
  }
  return cells
}

function raise(cells: Float64Array, from: number, to: number, value: number): void {
  for (let at = from; at <= to; at++) if (!(cells[at]! >= value)) cells[at] = value
}

/** The highest value of all rows, and when; null when nothing was measured. */
export function busiest(
  rows: readonly HeatRow[],
): { readonly row: HeatRow; readonly value: number; readonly atS: number } | null {
  let found: { row: HeatRow; value: number; atS: number } | null = null
  for (const row of rows) {
    for (let index = 0; index < row.x.length; index++) {
      const value = row.y[index] ?? NaN
      if (value > (found?.value ?? -Infinity)) found = { row, value, atS: row.x[index]! }
    }
  }
  return found
}
