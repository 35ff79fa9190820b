// The alias table draws every index with its weight.
import { expect, it } from 'vitest'
import { AliasTable } from '../../../sim-core/distributions/alias-table.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'

const stream = () => new RandomStreams(4, 0).stream('test/alias')
const DRAWS = 400_000

it.each([
  [[1]],
  [[1, 1]],
  [[0, 3, 0, 1]],
  [[1e-9, 1, 1e9]],
  [[5, 4, 3, 2, 1, 0.5, 0.25, 0.125, 40]],
  [[0.1, 0.2, 0.3, 0.4]],
])('draws %j in proportion', (weights) => {
  const table = new AliasTable(Float64Array.from(weights))
  const source = stream()
  const counts = new Float64Array(weights.length)
  for (let draw = 0; draw < DRAWS; draw++) counts[table.next(source)]!++
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  weights.forEach((weight, index) => {
    const expected = (DRAWS * weight) / total
    expect(Math.abs(counts[index]! - expected)).toBeLessThanOrEqual(4 * Math.sqrt(expected * (1 - weight / total)))
  })
})

it('refuses weights that sum to nothing', () => {
  expect(() => new AliasTable(new Float64Array(3))).toThrow(/weights/)
  expect(() => new AliasTable(Float64Array.of(1, Infinity))).toThrow(/weights/)
})
