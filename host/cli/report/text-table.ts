/** Rows of cells as aligned lines. */
import { padded, widthOf } from '../style.ts'

/** How a column stands. */
export type Align = 'left' | 'right'

/** Spaces before every line, and between two columns. */
export const INDENT = '  '
const GAP = '  '

/** Lines with each column as wide as its widest cell; cells may carry colours. Missing cells are empty. */
export function tableLines(rows: readonly (readonly string[])[], aligns: readonly Align[]): string[] {
  const widths = aligns.map((_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows.map((row) => {
    const cells = aligns.map((align, column) =>
      padded(row[column] ?? '', widths[column] ?? 0, align === 'left' ? 'left' : 'right'),
    )
    return (INDENT + cells.join(GAP)).trimEnd()
  })
}
