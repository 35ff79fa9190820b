// The whole report as a reader sees it, at two widths, in colour, and in the states that a study can end in.
import { expect, test } from 'vitest'
import { reportText, verdictText } from '../../../../host/cli/report/report.ts'
import { widthOf } from '../../../../host/cli/style.ts'
import type { StudyResult } from '../../../../host/contract/study-api.ts'
import { FIXED_RESULT } from './fixed-result.ts'

/** The same result without intervals. */
function withoutIntervals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIntervals)
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutIntervals(part)]))
  return 'low' in parts ? { ...parts, low: null, high: null } : parts
}

test.each([100, 80])('the report in %i columns', async (columns) => {
  const text = reportText(FIXED_RESULT, { columns, colour: false })
  expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(columns)
  await expect(text).toMatchFileSnapshot(`snapshots/report-${columns}.txt`)
})

test('colour changes nothing but the colour', () => {
  const plain = reportText(FIXED_RESULT, { columns: 100, colour: false })
  const coloured = reportText(FIXED_RESULT, { columns: 100, colour: true })
  expect(coloured).not.toBe(plain)
  // oxlint-disable-next-line no-control-regex
  expect(coloured.replaceAll(/\u001b\[\d+m/gu, '')).toBe(plain)
  expect(plain).not.toContain('\u001b')
})

test('what is no terminal gets a hundred columns, and a very narrow one no less than the tables need', () => {
  expect(reportText(FIXED_RESULT, { columns: undefined, colour: false })).toBe(
    reportText(FIXED_RESULT, { columns: 100, colour: false }),
  )
  expect(reportText(FIXED_RESULT, { columns: 20, colour: false })).toBe(
    reportText(FIXED_RESULT, { columns: 72, colour: false }),
  )
})

test('a single run without intervals says so', () => {
  const single = { ...(withoutIntervals(FIXED_RESULT) as StudyResult), replications: 1 }
  const text = reportText(single, { columns: 100, colour: false })
  expect(text).toContain('single run, no intervals')
  expect(text.slice(0, text.indexOf('Study'))).not.toContain('±')
})

test('a partial, an overloaded and an unconverged study are marked', () => {
  const partial = reportText({ ...FIXED_RESULT, partial: true }, { columns: 100, colour: false })
  expect(partial).toContain('partial: the study was stopped before its end')
  const limits = { in_flight: 1_000, in_flight_peak: 1_000, in_flight_reached: true }
  const overloaded = reportText({ ...FIXED_RESULT, verdict: 'overloaded', limits }, { columns: 100, colour: false })
  expect(overloaded).toContain('✗ OVERLOADED')
  expect(overloaded).toContain('at most 1.00 k requests are kept in flight, more were refused')
  expect(reportText({ ...FIXED_RESULT, verdict: 'not_converged' }, { columns: 100, colour: false })).toContain(
    '~ NOT CONVERGED',
  )
  expect(verdictText({ ...FIXED_RESULT, verdict: 'not_converged', partial: true })).toMatch(
    /^not converged \(partial\): /u,
  )
})

test('control characters of a hostile scenario do not reach the terminal', () => {
  const hostile = { ...FIXED_RESULT, scenario: 'A\u001b[2Jshop', question: 'why\u0007?' }
  const text = reportText(hostile, { columns: 100, colour: false })
  expect(text).not.toContain('\u0007')
  expect(text).not.toContain('\u001b')
})
