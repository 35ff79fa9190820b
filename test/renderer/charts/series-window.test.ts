// What charts draw of long series: nothing beyond the view, and every spike.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indicesWithin, nearestIndex, pointsInView, valueAt } from '../../../renderer/charts/series-window.ts'

const risingX = Array.from({ length: 1000 }, (_, index) => index)

test('one point beyond each edge is kept, so that lines run to it', () => {
  expect(indicesWithin(risingX, { fromS: 100, toS: 200 })).toEqual({ from: 99, to: 201 })
  expect(indicesWithin(risingX, { fromS: -5, toS: 5000 })).toEqual({ from: 0, to: 1000 })
  expect(indicesWithin([], { fromS: 0, toS: 1 })).toEqual({ from: 0, to: 0 })
})

test('short series are drawn as they are, gaps as NaN', () => {
  const points = pointsInView({ x: [1, 2, 3], y: [4, null, 6] }, { fromS: 0, toS: 3 }, 100)
  expect([...points]).toEqual([1, 4, 2, NaN, 3, 6])
})

test('a spike of a million points survives, in place, also right after a gap', () => {
  const y = new Float64Array(1_000_000).fill(10)
  const x = new Float64Array(y.length).map((_, index) => index)
  y[500_000] = NaN
  y[500_001] = 900
  y[700_000] = -3
  const points = pointsInView({ x, y }, { fromS: 0, toS: 1e6 }, 2000)
  const pairs = Array.from({ length: points.length / 2 }, (_, index) => [points[2 * index], points[2 * index + 1]])
  expect(points.length).toBeLessThanOrEqual(4000)
  expect(pairs).toContainEqual([500_001, 900])
  expect(pairs).toContainEqual([700_000, -3])
})

test('reducing keeps the order in time, the lowest and the highest', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 50, maxLength: 400 })
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 40 }), (y, pointsMax) => {
      const x = y.map((_, index) => index)
      const points = pointsInView({ x, y }, { fromS: 0, toS: y.length }, pointsMax)
      const drawnX = points.filter((_, index) => index % 2 === 0)
      const drawnY = points.filter((_, index) => index % 2 === 1)
      expect(drawnX).toEqual(drawnX.toSorted())
      expect(Math.max(...drawnY)).toBe(Math.max(...y))
      expect(Math.min(...drawnY)).toBe(Math.min(...y))
    }),
  )
})

test('the nearest point answers for a moment', () => {
  expect(nearestIndex([0, 10, 20], 14)).toBe(1)
  expect(nearestIndex([0, 10, 20], 16)).toBe(2)
  expect(nearestIndex([0, 10, 20], 999)).toBe(2)
  expect(nearestIndex([], 1)).toBe(-1)
  expect(valueAt({ x: [0, 10], y: [null, 5] }, 1)).toBeNull()
  expect(valueAt({ x: [0, 10], y: [null, 5] }, 9)).toBe(5)
})
