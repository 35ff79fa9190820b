// Quantities with units: what they are worth, what is refused and how, and that formatting can be read back.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readQuantity } from '../../../sim-core/language/quantity.ts'
import type { Quantity } from '../../../sim-core/language/units.ts'
import {
  formatBytes,
  formatDuration,
  formatQuantity,
  formatRate,
  formatRatio,
} from '../../../sim-core/language/units.ts'

const worth: readonly (readonly [Quantity, string | number, number])[] = [
  ['duration', '250ms', 250e6],
  ['duration', '1m30s', 90e9],
  ['duration', '1h 15m', 4_500e9],
  ['duration', '1.5s', 1_500e6],
  ['duration', '0.1ms', 100_000],
  ['duration', '3us', 3_000],
  ['duration', '3µs', 3_000],
  ['duration', '7ns', 7],
  ['duration', '2d', 172_800e9],
  ['duration', '1w', 604_800e9],
  ['duration', '1e3s', 1_000e9],
  ['duration', '0s', 0],
  ['rate', '5000/s', 5_000],
  ['rate', '5k/s', 5_000],
  ['rate', '10/min', 10 / 60],
  ['rate', '3M/h', 3e6 / 3_600],
  ['rate', '86400/d', 1],
  ['bytes', '2KB', 2_048],
  ['bytes', '2KiB', 2_048],
  ['bytes', '64MiB', 67_108_864],
  ['bytes', '1.5GB', 1_610_612_736],
  ['bytes', '12B', 12],
  ['ratio', '70%', 0.7],
  ['ratio', '99.9%', 0.999],
  ['ratio', '0.1%', 0.001],
  ['factor', '5x', 5],
  ['number', 3, 3],
  ['number', '5k', 5_000],
  ['number', '1M', 1_000_000],
  ['number', '1.5', 1.5],
]

test.each(worth)('%s %s is worth %d', (quantity, text, value) => {
  const reading = readQuantity(text, quantity)
  expect('value' in reading ? reading.value : reading).toBeCloseTo(value, 9)
})

const refused: readonly (readonly [Quantity, unknown, string, string])[] = [
  ['duration', 60, 'missing-unit', '60s'],
  ['duration', '60', 'missing-unit', '60s'],
  ['duration', '5 minutes', 'unknown-unit', 'did you mean m?'],
  ['duration', '5S', 'unknown-unit', 'did you mean s?'],
  ['duration', 'soon', 'not-a-number', '250ms'],
  ['duration', '', 'not-a-number', '250ms'],
  ['duration', '1m30', 'missing-unit', '30s'],
  ['duration', null, 'wrong-type', '250ms'],
  ['duration', ['1s'], 'wrong-type', '250ms'],
  ['duration', Infinity, 'not-a-number', 'range'],
  ['duration', NaN, 'not-a-number', 'range'],
  ['duration', '1e999s', 'not-a-number', 'range'],
  ['duration', '1,000ms', 'not-a-number', '1M'],
  ['rate', 5000, 'missing-unit', '5000/s'],
  ['rate', '5000 rps', 'unknown-unit', 'did you mean /s?'],
  ['bytes', '5kb', 'unknown-unit', 'did you mean KB?'],
  ['bytes', 5, 'missing-unit', '5KB'],
  ['ratio', 0.7, 'missing-unit', '70%'],
  ['ratio', 70, 'missing-unit', '70%'],
  ['number', '1,000,000', 'not-a-number', '1M'],
  ['number', '5 apples', 'unknown-unit', '3'],
]

test.each(refused)('%s refuses %s as %s', (quantity, input, code, hint) => {
  const reading = readQuantity(input, quantity)
  expect(reading).toMatchObject({ complaint: { code } })
  expect('complaint' in reading ? reading.complaint.hint : '').toContain(hint)
})

describe('formatting can be read back', () => {
  const readBack = (text: string, quantity: Quantity): unknown => readQuantity(text, quantity)

  test('durations, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (ns) => {
        expect(readBack(formatDuration(ns), 'duration')).toEqual({ value: ns })
      }),
    )
  })

  test('sizes, exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        expect(readBack(formatBytes(bytes), 'bytes')).toEqual({ value: bytes })
      }),
    )
  })

  test('shares and rates, to 12 digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1, noNaN: true }), (value) => {
        const share = readQuantity(formatRatio(value), 'ratio')
        const rate = readQuantity(formatRate(value * 1e6), 'rate')
        expect(('value' in share ? share.value : NaN) / value).toBeCloseTo(1, 10)
        expect(('value' in rate ? rate.value : NaN) / (value * 1e6)).toBeCloseTo(1, 10)
      }),
    )
  })

  test('in the unit that a reader expects', () => {
    expect(formatDuration(90e9)).toBe('90s')
    expect(formatDuration(3_600e9)).toBe('1h')
    expect(formatDuration(1_500_000)).toBe('1500us')
    expect(formatBytes(67_108_864)).toBe('64MB')
    expect(formatQuantity(0.7, 'ratio')).toBe('70%')
    expect(formatQuantity(5, 'factor')).toBe('5x')
  })
})

test('no text makes the reader throw', () => {
  const quantities: readonly Quantity[] = ['duration', 'rate', 'bytes', 'ratio', 'factor', 'number']
  fc.assert(
    fc.property(fc.constantFrom(...quantities), fc.anything(), fc.string(), (quantity, anything, text) => {
      for (const input of [anything, text, `${text}s`]) {
        const reading = readQuantity(input, quantity)
        expect('value' in reading ? Number.isFinite(reading.value) : reading.complaint.hint !== '').toBe(true)
      }
    }),
  )
})
