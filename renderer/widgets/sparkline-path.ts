/** The line of a sparkline as SVG path data. */

/** Room for the line's own width at top and bottom, in px. */
const MARGIN = 2

/**
 * A path through evenly spaced values, from 0 at the bottom to the highest at the top; gaps where there is no value. Sizes in
 * px. Empty when there is nothing to draw.
 */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  if (values.length < 2 || highest <= 0) return ''
  const pieces: string[] = []
  let drawing = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      drawing = false
      continue
    }
    const x = (index / (values.length - 1)) * width
    const y = height - MARGIN - (value / highest) * (height - 2 * MARGIN)
    pieces.push(`${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`)
    drawing = true
  }
  return pieces.join('')
}
