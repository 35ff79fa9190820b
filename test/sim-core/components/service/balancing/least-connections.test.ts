// Least connections always picks a smallest active / weight; ties are broken by weighted turns.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Balancer } from '../../../../../sim-core/components/service/balancing/balancer.ts'
import { leastConnections } from '../../../../../sim-core/components/service/balancing/least-connections.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

function createBalancer(weights: readonly number[]): Balancer {
  const stream = new RandomStreams(1, 0).stream('test/balancer')
  return leastConnections.create({ targets: weights.length, weights, stream })
}

/** One step: open a request, end the oldest one, or switch a target's eligibility. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'open' as const, target: 0 }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'close' as const, target: 0 }) },
  { weight: 2, arbitrary: fc.nat(199).map((target) => ({ kind: 'switch' as const, target })) },
)

/** Replays steps and returns picks with the load of the pick and the smallest load there was. */
function replay(weights: readonly number[], steps: readonly { kind: string; target: number }[]): number[][] {
  const balancer = createBalancer(weights)
  const eligible = new Set<number>()
  const active = weights.map(() => 0)
  const open: number[] = []
  const loads: number[][] = []
  for (const { kind, target } of steps) {
    if (kind === 'switch') {
      const switched = target % weights.length
      balancer.setEligible(switched, !eligible.has(switched))
      if (!eligible.delete(switched)) eligible.add(switched)
    } else if (kind === 'close') {
      const closed = open.shift()
      if (closed === undefined) continue
      balancer.closed(closed)
      active[closed] = active[closed]! - 1
    } else if (eligible.size > 0) {
      const picked = balancer.pick(-1)
      const least = Math.min(...[...eligible].map((each) => active[each]! / weights[each]!))
      loads.push([active[picked]! / weights[picked]!, least])
      balancer.opened(picked)
      active[picked] = active[picked]! + 1
      open.push(picked)
    }
  }
  return loads
}

describe.each([
  ['few targets', 7],
  ['many targets', 90],
])('%s', (_name, targets) => {
  it('picks a target of the smallest load', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: targets, maxLength: targets })
    fc.assert(
      fc.property(weights, fc.array(step, { maxLength: 300 }), (weightOf, steps) => {
        for (const [picked, least] of replay(weightOf, steps)) expect(picked).toBe(least)
      }),
    )
  })

  it('takes equal turns while nothing is under way', () => {
    const balancer = createBalancer(new Array<number>(targets).fill(1))
    for (let target = 0; target < targets; target++) balancer.setEligible(target, true)
    const picked = Array.from({ length: 2 * targets }, () => {
      const target = balancer.pick(-1)
      balancer.opened(target)
      balancer.closed(target)
      return target
    })
    expect(picked).toEqual(Array.from({ length: 2 * targets }, (_, turn) => turn % targets))
  })
})
