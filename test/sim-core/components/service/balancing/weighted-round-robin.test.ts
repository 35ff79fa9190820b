// Smooth weighted round robin: nginx's sequence for few targets, exact shares for many.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Balancer } from '../../../../../sim-core/components/service/balancing/balancer.ts'
import { weightedRoundRobin } from '../../../../../sim-core/components/service/balancing/weighted-round-robin.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

function createBalancer(weights: readonly number[], maxFails?: readonly number[]): Balancer {
  const stream = new RandomStreams(1, 0).stream('test/balancer')
  const fails = maxFails === undefined ? {} : { maxFails }
  const balancer = weightedRoundRobin.create({ targets: weights.length, weights, stream, ...fails })
  for (const target of weights.keys()) balancer.setEligible(target, true)
  return balancer
}

function picks(balancer: Balancer, count: number): number[] {
  return Array.from({ length: count }, () => balancer.pick(-1))
}

describe('up to 64 targets', () => {
  it('interleaves 5, 1, 1 as nginx does', () => {
    expect(picks(createBalancer([5, 1, 1]), 7)).toEqual([0, 0, 1, 0, 2, 0, 0])
  })

  it('picks every target as often as its weight in each round, whatever the weights', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 64 }), (weights) => {
        const balancer = createBalancer(weights)
        const round = weights.reduce((sum, weight) => sum + weight, 0)
        for (let repetition = 0; repetition < 2; repetition++) {
          const counts = weights.map(() => 0)
          for (const target of picks(balancer, round)) counts[target] = counts[target]! + 1
          expect(counts).toEqual(weights)
        }
      }),
    )
  })

  it('takes the whole weight for a failure by default, and gives it back one by one', () => {
    const balancer = createBalancer([4, 4])
    balancer.failed(0)
    const counts = [0, 0]
    for (const target of picks(balancer, 8)) counts[target] = counts[target]! + 1
    expect(counts[0]).toBeLessThan(counts[1]!)
    for (let round = 0; round < 10; round++) picks(balancer, 8)
    expect(picks(balancer, 8).filter((target) => target === 0)).toHaveLength(4)
  })

  it('takes floor(weight / max_fails) for a failure, nothing when max_fails is 0', () => {
    // Effective weight 7 - 3 = 4 against 5: the other one is first. Untouched it would be 7 against 5.
    const lowered = createBalancer([7, 5], [2, 2])
    lowered.failed(0)
    expect(lowered.pick(-1)).toBe(1)
    const untouched = createBalancer([7, 5], [0, 0])
    untouched.failed(0)
    expect(untouched.pick(-1)).toBe(0)
  })
})

describe('more than 64 targets', () => {
  it('is plain round robin for equal weights', () => {
    const inOrder = Array.from({ length: 300 }, (_, turn) => turn % 100)
    expect(picks(createBalancer(new Array<number>(100).fill(3)), 300)).toEqual(inOrder)
  })

  it('keeps every target within one pick of its share at all times', () => {
    const weights = Array.from({ length: 80 }, (_, target) => 1 + (target % 7))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const balancer = createBalancer(weights)
    const counts = weights.map(() => 0)
    for (let turn = 1; turn <= 5 * total; turn++) {
      const target = balancer.pick(-1)
      const count = counts[target]! + 1
      counts[target] = count
      expect(Math.abs(count - (turn * weights[target]!) / total)).toBeLessThanOrEqual(1)
    }
  })

  it('does not let a target gain by leaving and joining again', () => {
    const balancer = createBalancer(new Array<number>(65).fill(1))
    const picked = Array.from({ length: 650 }, () => {
      const target = balancer.pick(-1)
      balancer.setEligible(3, false)
      balancer.setEligible(3, true)
      return target
    })
    expect(picked.filter((target) => target === 3)).toHaveLength(10)
  })

  it('gives a target that joins late its share, not what it missed', () => {
    const balancer = createBalancer(new Array<number>(65).fill(1))
    balancer.setEligible(10, false)
    picks(balancer, 6400)
    balancer.setEligible(10, true)
    expect(picks(balancer, 650).filter((target) => target === 10)).toHaveLength(10)
  })
})

it.each([[[0]], [[1.5]], [[1_000_001]]])('demands whole weights from 1 to 10^6 (%o)', (weights) => {
  expect(() => createBalancer(weights)).toThrow('a weight is an integer')
})
