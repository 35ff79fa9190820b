// Rows as CSV (RFC 4180), safe to open in a spreadsheet.

/** What a cell may hold; null is an empty cell. */
export type CsvCell = string | number | boolean | null

/** Texts that a spreadsheet would take for a formula begin with one of these. */
const FORMULA_START = /^[=+\-@\t\r]/u

/** Lines end with CRLF, as the standard has it. */
export function csvText(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')
}

function cellText(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  // A quote before it makes a spreadsheet show the text as it is.
  const harmless = FORMULA_START.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
