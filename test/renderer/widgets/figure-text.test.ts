// Figures read right at the edges of their units.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureText, figureWords } from '../../../renderer/widgets/figure-text.ts'

const locale = 'en-GB'
const words = (value: number | null, unit: string, like?: number): string =>
  figureWords(value, unit, like === undefined ? { locale } : { locale, like })
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u202f', ' ')

describe('figureText', () => {
  it.each([
    [812, 'ms', '812 ms'],
    [999.4, 'ms', '999 ms'],
    [999.5, 'ms', '1.00 s'],
    [1000, 'ms', '1.00 s'],
    [0, 'ms', '0 ms'],
    [0, 's', '0 s'],
    [0.45, 'ms', '450 µs'],
    [0.9996, 'ms', '1.00 ms'],
    [0.00002, 'ms', '20.0 ns'],
    [1e-9, 'ms', '0.00100 ns'],
    [1e-12, 'ms', '1.0·10⁻⁶ ns'],
    [-12.345, 'ms', '−12.3 ms'],
    [2, 's', '2.00 s'],
    [3600, 's', '60.0 min'],
    [86400, 's', '24.0 h'],
    [NaN, 'ms', '–'],
    [Infinity, 'ms', '∞ ms'],
    [-Infinity, 'ratio', '−∞ %'],
    [15000, 'req/s', '15.0 k req/s'],
    [11840, 'req/s', '11.8 k req/s'],
    [999.6, 'req/s', '1.00 k req/s'],
    [0, 'req/s', '0 req/s'],
    [500, 'req/s', '500 req/s'],
    [1_250_000, 'req/s', '1.25 M req/s'],
    [0.014, 'ratio', '1.40 %'],
    [0, 'ratio', '0 %'],
    [1, 'ratio', '100 %'],
    [0.9861, 'ratio', '98.6 %'],
    [0.9986, 'ratio', '99.86 %'],
    [0.999996, 'ratio', '99.9996 %'],
    [0.99999999, 'ratio', '99.99999 %'],
    [0.5, 'bytes', '1 B'],
    [1023, 'bytes', '1,023 B'],
    [1536, 'bytes', '1.50 KiB'],
    [1023 * 1024, 'bytes', '1,023 KiB'],
    [1024 ** 2, 'bytes', '1.00 MiB'],
    [64 * 1024 ** 3, 'bytes', '64.0 GiB'],
    [16.7 * 1024 ** 2, 'bytes/s', '16.7 MiB/s'],
    [4170.4, 'km', '4,170 km'],
    [155.3, 'km', '155 km'],
    [9999, 'count', '9,999'],
    [41, 'count', '41'],
    [1_234_567, 'count', '1.23 M'],
    [2.5, 'count', '2.50'],
    [0.79, 'factor', '0.79×'],
    [1.5, 'factor', '1.50×'],
    [12.3, 'cores', '12.3 cores'],
  ])('writes %d %s as %s', (value, unit, expected) => {
    expect(words(value, unit)).toBe(expected)
  })

  it('writes a dash for what is missing', () => {
    expect(figureText(null, 'ms')).toEqual({ text: '–', unit: '' })
    expect(figureText(undefined, 'ratio')).toEqual({ text: '–', unit: '' })
  })

  it('writes half-widths in the unit and decimals of their value', () => {
    expect(words(9.4, 'ms', 812)).toBe('9 ms')
    expect(words(0.04, 's', 1.2)).toBe('0.04 s')
    expect(words(160, 'req/s', 11840)).toBe('0.2 k req/s')
    expect(words(0.001, 'ratio', 0.014)).toBe('0.10 %')
    expect(words(0.0002, 'ratio', 0.9986)).toBe('0.02 %')
    expect(words(0.3, 'ms', 812)).toBe('0.3 ms')
    expect(words(0, 'ms', 812)).toBe('0 ms')
  })

  it('keeps 1 to 999 in the unit of every time from a nanosecond to a month', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 8e10, noNaN: true }), (ms) => {
        const { text } = figureText(ms, 'ms', { locale })
        const shown = Number(text.replaceAll(',', ''))
        return shown >= 0.99 && shown <= 999
      }),
    )
  })

  it('never calls less than everything 100 %', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (ratio) => {
        return figureText(ratio, 'ratio', { locale }).text !== '100'
      }),
    )
  })
})
