// Peak EWMA jumps to a high latency at once, forgets it over its decay, and counts what is under way.
import { expect, it } from 'vitest'
import { peakEwma } from '../../../../../sim-core/components/service/balancing/peak-ewma.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const DECAY_NS = 1_000

/** Two targets, so that every pick looks at both. */
function pair() {
  const clock = new Float64Array(1)
  const stream = new RandomStreams(2, 0).stream('test/balancer')
  const balancer = peakEwma.create({ targets: 2, stream, clock, parameters: { decayNs: DECAY_NS } })
  balancer.setEligible(0, true)
  balancer.setEligible(1, true)
  return { balancer, clock }
}

it('avoids a target whose latency has just risen', () => {
  const { balancer } = pair()
  balancer.answered!(0, 100)
  balancer.answered!(1, 50)
  expect(balancer.pick(-1)).toBe(1)
  balancer.answered!(1, 200)
  expect(balancer.pick(-1)).toBe(0)
})

it('forgets: after one decay time the cost is 1 / e of what it was', () => {
  const { balancer, clock } = pair()
  balancer.answered!(0, 1_000)
  clock[0] = DECAY_NS
  // 1,000 has become 368 by now.
  balancer.answered!(1, 400)
  expect(balancer.pick(-1)).toBe(0)
  balancer.answered!(0, 420)
  expect(balancer.pick(-1)).toBe(1)
})

it('multiplies by the requests under way, the next one included', () => {
  const { balancer } = pair()
  balancer.answered!(0, 100)
  balancer.answered!(1, 150)
  balancer.opened(0)
  expect(balancer.pick(-1)).toBe(1)
  balancer.closed(0)
  expect(balancer.pick(-1)).toBe(0)
})

it('does not send more to a target that has something under way and has never answered', () => {
  const { balancer } = pair()
  balancer.answered!(0, 1e9)
  balancer.opened(1)
  expect(balancer.pick(-1)).toBe(0)
})
