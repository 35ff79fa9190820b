// Random balancing is uniform over the eligible targets and independent from pick to pick.

import { expect, it } from 'vitest'
import { random } from '../../../../../sim-core/components/service/balancing/random.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

/** Chi-square with 8 degrees of freedom exceeds this with probability 10^-6. */
const CHI_SQUARE_8_MAX = 42.7

it('visits every ordered pair of eligible targets equally often', () => {
  const balancer = random.create({ targets: 5, stream: new RandomStreams(11, 0).stream('test/balancer') })
  for (const target of [0, 2, 4]) balancer.setEligible(target, true)
  const pairs = 90_000
  const counts = new Map<string, number>()
  for (let pair = 0; pair < pairs; pair++) {
    const name = `${balancer.pick(-1)} ${balancer.pick(-1)}`
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const expected = pairs / 9
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect(counts.size).toBe(9)
  expect(chiSquare).toBeLessThan(CHI_SQUARE_8_MAX)
})
