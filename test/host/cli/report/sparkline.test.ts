// Curves in one line: spikes survive, gaps show, zero is the ground.
import { expect, test } from 'vitest'
import { sparkline } from '../../../../host/cli/report/sparkline.ts'

test('levels go from zero to the largest value', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([5, 5, 5], 8)).toBe('███')
  expect(sparkline([0, 0], 8)).toBe('▁▁')
})

test('a spike of one point survives when many share a column', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => (index === 503 ? 100 : 1))
  const curve = sparkline(values, 40)
  expect(curve).toHaveLength(40)
  expect(curve.indexOf('█')).toBe(20)
})

test('a column without any figure is blank', () => {
  expect(sparkline([1, null, 1], 3)).toBe('█ █')
})
