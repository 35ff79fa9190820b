// CSV as RFC 4180 has it, and harmless in a spreadsheet.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvTables } from '../../../../host/cli/export/csv-tables.ts'
import { csvText } from '../../../../sim-core/analysis/csv-text.ts'
import { FIXED_RESULT } from '../report/fixed-result.ts'

test('cells with separators or quotes are quoted, and lines end with CRLF', () => {
  expect(csvText([['a,b', 'say "no"', 'two\nlines', 1.5, null, true]])).toBe(
    '"a,b","say ""no""","two\nlines",1.5,,true\r\n',
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('the text %j is no formula', (text) => {
  expect(csvText([[text]]).replace(/^"/u, '')).toMatch(/^'/u)
})

test('negative numbers are numbers', () => {
  expect(csvText([[-1.5]])).toBe('-1.5\r\n')
})

test('no text whatever begins a cell with a formula', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(csvText([[text]])).not.toMatch(/^"?[=+\-@\t]/u)
    }),
  )
})

test('every table has as many cells in each row as in its header', () => {
  const tables = csvTables(FIXED_RESULT)
  expect([...tables.keys()]).toEqual(['series.csv', 'endpoints.csv', 'components.csv', 'objectives.csv'])
  for (const rows of tables.values()) {
    expect(rows.length).toBeGreaterThan(1)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
  }
})
