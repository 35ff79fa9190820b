// Axes have round ticks that fit, and say their unit.
import { expect, test } from 'vitest'
import { axisUnit, linearAxis, logarithmicAxis, valueTickText } from '../../../renderer/charts/axis-values.ts'
import { instantText, tickText, timeTicks } from '../../../renderer/charts/time-axis.ts'

test.each([
  [0, 480, 'ms', 4, [0, 200, 400, 600]],
  [0, 0.93, 'ratio', 4, [0, 0.25, 0.5, 0.75, 1]],
  [0, 1, 'ratio', 4, [0, 0.25, 0.5, 0.75, 1]],
  [0, 2, 'count', 5, [0, 1, 2, 3]],
  [0, 0, 'count', 4, [0, 1, 2, 3, 4]],
  [0, 3 * 1024 ** 3, 'bytes', 4, [0, 1024 ** 3, 2 * 1024 ** 3, 3 * 1024 ** 3, 4 * 1024 ** 3]],
])('from %d to %d %s: at most about %d ticks', (min, max, unit, most, ticks) => {
  expect(linearAxis(min, max, unit, most).ticks).toEqual(ticks)
})

test('the highest value lies below the upper edge, but never beyond all of a ratio', () => {
  expect(linearAxis(0, 6, 'count', 4).max).toBeGreaterThan(6)
  expect(linearAxis(0, 1, 'ratio', 4).max).toBe(1)
})

test('decades', () => {
  expect(logarithmicAxis(2.5, 812)).toEqual({ min: 1, max: 1000, ticks: [1, 10, 100, 1000] })
  expect(logarithmicAxis(Infinity, -Infinity)).toEqual({ min: 1, max: 10, ticks: [1, 10] })
})

test('long units stand beside the title, short ones at the ticks', () => {
  expect(axisUnit('req/s')).toBe('req/s')
  expect(axisUnit('ms')).toBe('')
  expect(valueTickText(20_000, 'req/s')).toBe('20\u00a0k')
  expect(valueTickText(1500, 'ms')).toBe('1.5\u00a0s')
  expect(valueTickText(0.5, 'ratio')).toBe('50\u00a0%')
})

test('moments are told as clocks', () => {
  expect(instantText(872)).toBe('14:32')
  expect(instantText(3725)).toBe('1:02:05')
  expect(instantText(65.25, true)).toBe('1:05.3')
  expect(timeTicks({ fromS: 0, toS: 3600 }, 700)).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600])
  expect(timeTicks({ fromS: 610, toS: 700 }, 400)).toEqual([630, 660, 690])
  expect(tickText(600, { fromS: 0, toS: 3600 })).toBe('10:00')
  expect(tickText(7200, { fromS: 0, toS: 36_000 })).toBe('2:00 h')
  expect(tickText(2.5, { fromS: 0, toS: 10 })).toBe('2.5 s')
})
