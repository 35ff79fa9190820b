// What every registered balancer must hold, for few and for many targets: eligibility, determinism, shares, joining.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Balancer, BalancerDefinition } from '../../sim-core/components/service/balancing/balancer.ts'
import { balancers } from '../../sim-core/components/service/balancing/registry.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'

function createBalancer(definition: BalancerDefinition, targets: number, weights?: readonly number[]): Balancer {
  const stream = new RandomStreams(5, 0).stream('test/balancer')
  return definition.create(weights === undefined ? { targets, stream } : { targets, weights, stream })
}

function allEligible(balancer: Balancer, targets: number): Balancer {
  for (let target = 0; target < targets; target++) balancer.setEligible(target, true)
  return balancer
}

/** Picks that are over before the next. */
function serve(balancer: Balancer, count: number): number[] {
  return Array.from({ length: count }, () => {
    const target = balancer.pick()
    balancer.opened(target)
    balancer.closed(target)
    return target
  })
}

/** Share of each target in `picks`. */
function sharesOf(picks: readonly number[], targets: number): number[] {
  const counts = new Array<number>(targets).fill(0)
  for (const target of picks) counts[target] = counts[target]! + 1
  return counts.map((count) => count / picks.length)
}

interface Step {
  readonly kind: 'request' | 'end' | 'fail' | 'switch'
  readonly target: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>('request', 'request', 'request', 'end', 'fail', 'switch'),
    target: fc.nat(199),
  }),
  { maxLength: 300 },
)

/** Replays a random life of a group; every entry is a pick and whether it was eligible (-1: whether none was). */
function replay(balancer: Balancer, targets: number, life: readonly Step[]): [number, boolean][] {
  const eligible = new Set<number>()
  const open: number[] = []
  const picks: [number, boolean][] = []
  for (const { kind, target } of life) {
    if (kind === 'switch') {
      const switched = target % targets
      balancer.setEligible(switched, !eligible.has(switched))
      if (!eligible.delete(switched)) eligible.add(switched)
    } else if (kind === 'request') {
      const picked = balancer.pick()
      picks.push([picked, picked === -1 ? eligible.size === 0 : eligible.has(picked)])
      if (picked === -1) continue
      balancer.opened(picked)
      open.push(picked)
    } else {
      const ended = open.shift()
      if (ended === undefined) continue
      if (kind === 'fail') balancer.failed(ended)
      balancer.closed(ended)
    }
  }
  return picks
}

it('every balancer has an id of its own, and says what it does and where it is from', () => {
  expect(balancers.length).toBeGreaterThan(0)
  expect(new Set(balancers.map(({ id }) => id)).size).toBe(balancers.length)
  for (const { id, label, help, source } of balancers) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [label, help, source]) expect(text).not.toBe('')
  }
})

const subjects = balancers.flatMap((definition) =>
  [4, 100].map((targets) => [definition.id, targets, definition] as const),
)

describe.each(subjects)('%s over %d targets', (_id, targets, definition) => {
  it('picks an eligible target, or -1 when there is none', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const picks = replay(createBalancer(definition, targets), targets, life)
        expect(picks.filter(([, rightly]) => !rightly)).toEqual([])
      }),
    )
  })

  it('does the same again under the same seed', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const first = replay(createBalancer(definition, targets), targets, life)
        expect(replay(createBalancer(definition, targets), targets, life)).toEqual(first)
      }),
      { numRuns: 20 },
    )
  })

  it('is fair among equals', () => {
    const shares = sharesOf(serve(allEligible(createBalancer(definition, targets), targets), 400 * targets), targets)
    for (const share of shares) expect(Math.abs(share * targets - 1)).toBeLessThan(0.35)
  })

  it('respects weights if it says so, and ignores them if not', () => {
    const weights = Array.from({ length: targets }, (_, target) => 1 + (target % 4))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const balancer = allEligible(createBalancer(definition, targets, weights), targets)
    const shares = sharesOf(serve(balancer, 400 * targets), targets)
    for (const [target, share] of shares.entries()) {
      const due = definition.weighted ? weights[target]! / total : 1 / targets
      expect(Math.abs(share / due - 1)).toBeLessThan(0.35)
    }
  })

  it('lets a target that joins take part, and none that left', () => {
    const balancer = allEligible(createBalancer(definition, targets), targets)
    balancer.setEligible(1, false)
    expect(serve(balancer, 40 * targets)).not.toContain(1)
    balancer.setEligible(1, true)
    balancer.setEligible(2, false)
    const picks = serve(balancer, 40 * targets)
    expect(picks).toContain(1)
    expect(picks).not.toContain(2)
  })

  it('sends everything to the only eligible target', () => {
    const balancer = createBalancer(definition, targets)
    expect(balancer.pick()).toBe(-1)
    balancer.setEligible(targets - 1, true)
    expect(new Set(serve(balancer, 20))).toEqual(new Set([targets - 1]))
  })
})
