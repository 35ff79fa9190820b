/** A curve in one line of text. */

const LEVELS = '▁▂▃▄▅▆▇█'

/**
 * At most `cells` columns, each the largest of the points that fall into it, so that spikes survive. Zero is the lowest
 * level and the largest value of all the highest; a column without any figure is blank.
 */
export function sparkline(values: readonly (number | null)[], cells: number): string {
  const columns = largestPerCell(values, cells)
  const top = Math.max(...columns.filter((value) => value !== null), 0)
  return columns.map((value) => (value === null ? ' ' : levelOf(value, top))).join('')
}

/** Number of columns that so many values take. */
export function cellsOf(count: number, cells: number): number {
  return Math.min(count, cells)
}

function largestPerCell(values: readonly (number | null)[], cells: number): (number | null)[] {
  const count = cellsOf(values.length, cells)
  return Array.from({ length: count }, (_, cell) => {
    const from = Math.floor((cell * values.length) / count)
    const to = Math.floor(((cell + 1) * values.length) / count)
    const known = values.slice(from, to).filter((value) => value !== null)
    return known.length === 0 ? null : Math.max(...known)
  })
}

function levelOf(value: number, top: number): string {
  const level = top <= 0 ? 0 : Math.round((value / top) * (LEVELS.length - 1))
  return LEVELS[Math.max(0, Math.min(LEVELS.length - 1, level))] ?? ''
}
