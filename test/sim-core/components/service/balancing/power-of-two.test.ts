// Power of two draws two different targets uniformly and takes the one with fewer requests under way.

import { expect, it } from 'vitest'
import type { Balancer, BalancerParameters } from '../../../../../sim-core/components/service/balancing/balancer.ts'
import { powerOfTwo } from '../../../../../sim-core/components/service/balancing/power-of-two.ts'
import { random } from '../../../../../sim-core/components/service/balancing/random.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

function createBalancer(definition: typeof powerOfTwo, targets: number, parameters: BalancerParameters = {}): Balancer {
  const stream = new RandomStreams(3, 0).stream('test/balancer')
  const balancer = definition.create({ targets, stream, parameters })
  for (let target = 0; target < targets; target++) balancer.setEligible(target, true)
  return balancer
}

it('picks the k-th least loaded of n with probability (n - k) / (n choose 2)', () => {
  const targets = 5
  const balancer = createBalancer(powerOfTwo, targets)
  for (let target = 0; target < targets; target++) {
    for (let request = 0; request < target; request++) balancer.opened(target)
  }
  const picks = 100_000
  const counts = new Array<number>(targets).fill(0)
  for (let pick = 0; pick < picks; pick++) {
    const target = balancer.pick(-1)
    counts[target] = (counts[target] ?? 0) + 1
  }
  // Six standard deviations of a share of 100,000 draws are at most 0.0095.
  for (const [target, count] of counts.entries()) {
    expect(Math.abs(count / picks - (targets - 1 - target) / 10)).toBeLessThan(0.0095)
  }
})

it('takes the idle one of two every time', () => {
  const balancer = createBalancer(powerOfTwo, 2)
  balancer.opened(0)
  for (let pick = 0; pick < 50; pick++) expect(balancer.pick(-1)).toBe(1)
  balancer.closed(0)
  balancer.opened(1)
  for (let pick = 0; pick < 50; pick++) expect(balancer.pick(-1)).toBe(0)
})

it('keeps the fullest of 4,096 targets at 3 or 4 after as many requests, where chance alone reaches 6 or more', () => {
  const targets = 4096
  const fullest = (definition: typeof powerOfTwo) => {
    const balancer = createBalancer(definition, targets)
    const loads = new Int32Array(targets)
    for (let request = 0; request < targets; request++) {
      const target = balancer.pick(-1)
      balancer.opened(target)
      loads[target] = loads[target]! + 1
    }
    return Math.max(...loads)
  }
  expect(fullest(powerOfTwo)).toBeGreaterThanOrEqual(3)
  expect(fullest(powerOfTwo)).toBeLessThanOrEqual(4)
  expect(fullest(random)).toBeGreaterThanOrEqual(6)
})

/** Shares of five targets with 0 to 4 requests under way. */
function sharesOf(parameters: BalancerParameters): number[] {
  const balancer = createBalancer(powerOfTwo, 5, parameters)
  for (let target = 0; target < 5; target++) {
    for (let request = 0; request < target; request++) balancer.opened(target)
  }
  const counts = new Array<number>(5).fill(0)
  for (let pick = 0; pick < 100_000; pick++) {
    const target = balancer.pick(-1)
    counts[target] = counts[target]! + 1
  }
  return counts.map((count) => count / 100_000)
}

it('draws as many different targets as it is told, and looks at all when there are no more', () => {
  // The k-th least loaded of five is the best of three with probability (5 - k choose 2) / (5 choose 3).
  const three = [0.6, 0.3, 0.1, 0, 0]
  for (const [target, share] of sharesOf({ choices: 3 }).entries()) {
    expect(Math.abs(share - three[target]!)).toBeLessThan(0.0095)
  }
  expect(sharesOf({ choices: 5 })).toEqual([1, 0, 0, 0, 0])
  expect(sharesOf({ choices: 64 })).toEqual([1, 0, 0, 0, 0])
})

it('draws independently with replacement', () => {
  // The k-th least loaded of five is the best of two independent draws with probability ((6 - k)^2 - (5 - k)^2) / 25.
  const two = [0.36, 0.28, 0.2, 0.12, 0.04]
  for (const [target, share] of sharesOf({ choices: 2, replacement: true }).entries()) {
    expect(Math.abs(share - two[target]!)).toBeLessThan(0.0095)
  }
})
