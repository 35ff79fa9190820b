// Series thinned out for charts: fewer points, the same shape.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reduceSeries } from '../../../host/runs/reduce-series.ts'

const value = fc.oneof({ weight: 5, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) }, fc.constant(NaN))
const series = fc.array(value, { minLength: 1, maxLength: 2_000 }).map((values) => Float64Array.from(values))
const points = fc.integer({ min: 4, max: 500 })

function endsOf(values: Float64Array): Float64Array {
  return values.map((_, bucket) => (bucket + 1) / 2)
}

test('never more points than asked for, each a point of the series, in order, with the first and the last', () => {
  fc.assert(
    fc.property(series, points, (values, pointsMax) => {
      const ends = endsOf(values)
      const reduced = reduceSeries(ends, values, pointsMax)
      const kept = reduced.endS.map((end) => ends.indexOf(end))
      expect(kept.length).toBeLessThanOrEqual(pointsMax)
      expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b))
      expect(reduced.values).toEqual(kept.map((at) => (Number.isNaN(values[at]!) ? null : values[at])))
      expect([kept[0], kept.at(-1)]).toEqual([0, values.length - 1])
    }),
  )
})

test('what stands out survives: the extremes of the whole, and of any stretch as long as two pieces', () => {
  fc.assert(
    fc.property(series, points, fc.nat(), (values, pointsMax, at) => {
      const ends = endsOf(values)
      const reduced = reduceSeries(ends, values, pointsMax)
      const extremes = (of: readonly (number | null)[]): (number | undefined)[] => {
        const known = of.filter((one) => one !== null).toSorted((a, b) => a - b)
        return [known[0], known.at(-1)]
      }
      const all = [...values].map((one) => (Number.isNaN(one) ? null : one))
      expect(extremes(reduced.values)).toEqual(extremes(all))
      if (values.length <= pointsMax) return
      const piece = Math.ceil((values.length - 2) / Math.floor((pointsMax - 2) / 2))
      const from = at % values.length
      const stretch = all.slice(from, from + 2 * piece)
      if (stretch.length < 2 * piece || stretch.every((one) => one === null)) return
      const within = reduced.endS.filter((end) => end >= ends[from]! && end < ends[from]! + piece)
      expect(within.length).toBeGreaterThan(0)
    }),
  )
})

test('what is short stays as it is, what is empty empty; a stretch without values stays a gap', () => {
  const values = Float64Array.of(1, NaN, 3)
  expect(reduceSeries(endsOf(values), values, 4)).toEqual({ endS: [0.5, 1, 1.5], values: [1, null, 3] })
  expect(reduceSeries([], [], 4)).toEqual({ endS: [], values: [] })
  const gap = Float64Array.from({ length: 1_000 }, (_, at) => (at >= 300 && at < 600 ? NaN : at))
  const reduced = reduceSeries(endsOf(gap), gap, 50)
  const at450 = reduced.endS.findIndex((end) => end >= 225)
  expect(reduced.values[at450]).toBeNull()
})
