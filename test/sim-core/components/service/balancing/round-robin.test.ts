// Round robin goes through the eligible targets in configuration order, whoever joins or leaves.

import { expect, it } from 'vitest'
import type { Balancer } from '../../../../../sim-core/components/service/balancing/balancer.ts'
import { roundRobin } from '../../../../../sim-core/components/service/balancing/round-robin.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

function createBalancer(targets: number): Balancer {
  return roundRobin.create({ targets, stream: new RandomStreams(1, 0).stream('test/balancer') })
}

function picks(balancer: Balancer, count: number): number[] {
  return Array.from({ length: count }, () => balancer.pick(-1))
}

it('goes round in order', () => {
  const balancer = createBalancer(3)
  for (const target of [2, 0, 1]) balancer.setEligible(target, true)
  expect(picks(balancer, 7)).toEqual([0, 1, 2, 0, 1, 2, 0])
})

it('goes on behind the last pick when targets leave and join', () => {
  const balancer = createBalancer(6)
  for (const target of [1, 3, 5]) balancer.setEligible(target, true)
  expect(picks(balancer, 2)).toEqual([1, 3])
  balancer.setEligible(3, false)
  balancer.setEligible(4, true)
  expect(picks(balancer, 3)).toEqual([4, 5, 1])
  balancer.setEligible(0, true)
  expect(picks(balancer, 4)).toEqual([4, 5, 0, 1])
})

it('is not disturbed by repeating the present state', () => {
  const balancer = createBalancer(3)
  for (const target of [0, 1, 2]) balancer.setEligible(target, true)
  balancer.pick(-1)
  balancer.setEligible(0, true)
  balancer.setEligible(2, true)
  expect(picks(balancer, 3)).toEqual([1, 2, 0])
})
