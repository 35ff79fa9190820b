// Figures in sentences.
import { expect, test } from 'vitest'
import { changeWords, valueWords } from '../../../sim-core/analysis/figure-words.ts'

test('a change is told in per cent, and in times where per cent are too many to read', () => {
  expect(changeWords(-0.7, 0.031)).toBe('−70 % ± 3.1 %')
  expect(changeWords(0.25, null)).toBe('+25 %')
  expect(changeWords(8.99, null)).toBe('+899 %')
  expect(changeWords(9, 0.5)).toBe('10 times ± 0.5')
  expect(changeWords(218.62, 67.09)).toBe('220 times ± 67')
  expect(changeWords(218.62, null)).toBe('220 times')
})

test('a value keeps three digits in the unit that suits it', () => {
  expect(valueWords(812.4, 'p95_ms')).toBe('812 ms')
  expect(valueWords(1238, 'p95_ms')).toBe('1.24 s')
  expect(valueWords(0.606, 'p95_ms')).toBe('606 µs')
  expect(valueWords(0.004, 'error_ratio')).toBe('0.4 %')
})
