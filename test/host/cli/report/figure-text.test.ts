// Figures as text: three significant digits, a unit that keeps them between 1 and 999, and half-widths that fit them.
import { expect, test } from 'vitest'
import {
  estimateInline,
  estimateText,
  figureText,
  FIXED_SPACE,
  lengthText,
  momentText,
  targetText,
} from '../../../../host/cli/report/figure-text.ts'
import type { FigureKind } from '../../../../host/cli/report/figure-text.ts'
import { figure } from './fixed-result.ts'

function plain(text: string): string {
  return text.replaceAll(FIXED_SPACE, ' ')
}

test.each<[value: number | null, kind: FigureKind, text: string]>([
  [182.4, 'latency', '182 ms'],
  [2.414, 'latency', '2.41 ms'],
  [0.01234, 'latency', '12.3 µs'],
  [0.0000012, 'latency', '1.20 ns'],
  [999.6, 'latency', '1.00 s'],
  [999.4, 'latency', '999 ms'],
  [62_400, 'latency', '62.4 s'],
  [0, 'latency', '0 ms'],
  [15_043, 'rate', '15.0 k'],
  [593_443, 'rate', '593 k'],
  [2_781_000, 'rate', '2.78 M'],
  [0.716, 'ratio', '71.6 %'],
  [0.0078, 'ratio', '0.78 %'],
  [0.000085, 'ratio', '0.0085 %'],
  [0.99987, 'ratio', '99.99 %'],
  [1, 'ratio', '100 %'],
  [6, 'count', '6'],
  [6.25, 'count', '6.25'],
  [null, 'latency', '–'],
])('%f as %s is %s', (value, kind, text) => {
  expect(plain(figureText(value, kind))).toBe(text)
})

test('half-widths have the unit and the decimals of their value', () => {
  expect(estimateText(figure(2_412, 77), 'latency')).toEqual({
    value: `2.41${FIXED_SPACE}s`,
    spread: `±${FIXED_SPACE}0.08`,
  })
  expect(plain(estimateInline(figure(182, 3.2), 'latency'))).toBe('182 ms ± 3')
  expect(plain(estimateInline(figure(2.69, 0.0001), 'latency'))).toBe('2.69 ms ± <0.01')
  expect(plain(estimateInline(figure(6, 0), 'count'))).toBe('6')
  expect(estimateText(figure(182), 'latency').spread).toBe('')
})

test('targets stand as they were written', () => {
  expect(
    [
      targetText(20, 'latency'),
      targetText(1_500, 'latency'),
      targetText(0.9995, 'ratio'),
      targetText(0.01, 'ratio'),
    ].map(plain),
  ).toEqual(['20 ms', '1.5 s', '99.95 %', '1 %'])
})

test('lengths and moments of time', () => {
  expect([0, 0.25, 60, 100, 150, 3_600].map(lengthText)).toEqual(['0 s', '250 ms', '60 s', '100 s', '2.5 min', '1 h'])
  expect([momentText(860, 3_600), momentText(3_725, 7_200), momentText(12.345, 30)]).toEqual([
    '14:20',
    '1:02:05',
    '12.3 s',
  ])
})
