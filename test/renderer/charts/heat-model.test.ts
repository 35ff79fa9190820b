// Heat maps: short peaks stay visible, gaps stay empty, and no map is too large to draw.
import { expect, test } from 'vitest'
import { busiest, heatCells, heatColumns } from '../../../renderer/charts/heat-model.ts'

const x = Float64Array.from({ length: 100_000 }, (_, index) => index + 1)
const span = { fromS: 0, toS: 100_000 }

function row(id: string, peakAt: number) {
  const y = new Float64Array(x.length).fill(0.2)
  y[peakAt] = 0.95
  return { id, label: id, x, y }
}

test('a peak of one bucket among a hundred thousand is in its cell', () => {
  const rows = [row('a', 10), row('b', 99_999)]
  const columns = heatColumns(rows, span, 800)
  const cells = heatCells(rows, span, columns)
  expect(columns).toBe(800)
  expect(cells[0]).toBe(0.95)
  expect(cells[columns]).toBe(0.2)
  expect(cells[2 * columns - 1]).toBe(0.95)
})

test('at most 60,000 cells, and not more columns than buckets', () => {
  const rows = Array.from({ length: 200 }, (_, index) => row(String(index), 0))
  expect(heatColumns(rows, span, 5000) * rows.length).toBeLessThanOrEqual(60_000)
  expect(heatColumns([{ ...row('a', 0), x: [10, 20, 30], y: [0, 0, 0] }], { fromS: 0, toS: 30 }, 800)).toBe(3)
})

test('buckets fill the cells up to the one before; gaps are empty', () => {
  const rows = [{ id: 'a', label: 'a', x: [10, 20, 30], y: [0.1, null, 0.3] }]
  expect([...heatCells(rows, { fromS: 0, toS: 30 }, 6)]).toEqual([0.1, 0.1, NaN, NaN, 0.3, 0.3])
})

test('the busiest row is told with its moment', () => {
  expect(busiest([row('a', 10), row('b', 20)])).toMatchObject({ row: { id: 'a' }, value: 0.95, atS: 11 })
  expect(busiest([])).toBeNull()
})
