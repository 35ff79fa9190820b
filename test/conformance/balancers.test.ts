// What every registered balancer must hold, for few and for many targets: eligibility, determinism, shares, joining.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Balancer, BalancerDefinition, Disruption } from '../../sim-core/components/service/balancing/balancer.ts'
import { balancers } from '../../sim-core/components/service/balancing/registry.ts'
import { NumberedKeys } from '../../sim-core/components/service/balancing/request-keys.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'

/** Keys of the requests: enough that every target of a hundred owns several hundred. */
const KEYS = 40_000

function createBalancer(definition: BalancerDefinition, targets: number, weights?: readonly number[]): Balancer {
  const stream = new RandomStreams(5, 0).stream('test/balancer')
  const options = { targets, stream, clock: new Float64Array(1), keys: new NumberedKeys(KEYS) }
  return definition.create(weights === undefined ? options : { ...options, weights })
}

function allEligible(balancer: Balancer, targets: number): Balancer {
  for (let target = 0; target < targets; target++) balancer.setEligible(target, true)
  return balancer
}

/** Requests for keys in turn, `open` of them under way at the same time, the oldest ending first. */
function serve(balancer: Balancer, count: number, open = 0): number[] {
  const picks: number[] = []
  for (let request = 0; request < count; request++) {
    const target = balancer.pick(request % KEYS)
    balancer.opened(target)
    picks.push(target)
    const ended = picks[request - open]
    if (ended === undefined) continue
    balancer.answered?.(ended, 1e6)
    balancer.closed(ended)
  }
  return picks
}

/** Share of each target in `picks`. */
function sharesOf(picks: readonly number[], targets: number): number[] {
  const counts = new Array<number>(targets).fill(0)
  for (const target of picks) counts[target] = counts[target]! + 1
  return counts.map((count) => count / picks.length)
}

interface Step {
  readonly kind: 'request' | 'end' | 'fail' | 'switch' | 'member'
  readonly target: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>('request', 'request', 'request', 'end', 'fail', 'switch', 'member'),
    target: fc.nat(199),
  }),
  { maxLength: 300 },
)

/** Replays a random life of a group; every entry is a pick and whether it was eligible (-1: whether none was). */
function replay(balancer: Balancer, targets: number, life: readonly Step[]): [number, boolean][] {
  const eligible = new Set<number>()
  const open: number[] = []
  const picks: [number, boolean][] = []
  for (const [time, { kind, target }] of life.entries()) {
    if (kind === 'switch') {
      const switched = target % targets
      balancer.setMember?.(switched, true)
      balancer.setEligible(switched, !eligible.has(switched))
      if (!eligible.delete(switched)) eligible.add(switched)
    } else if (kind === 'member') {
      // Only what is down leaves the configuration.
      if (!eligible.has(target % targets)) balancer.setMember?.(target % targets, false)
    } else if (kind === 'request') {
      const picked = balancer.pick(target)
      picks.push([picked, picked === -1 ? eligible.size === 0 : eligible.has(picked)])
      if (picked === -1) continue
      balancer.opened(picked)
      open.push(picked)
    } else {
      const ended = open.shift()
      if (ended === undefined) continue
      if (kind === 'fail') balancer.failed(ended)
      balancer.answered?.(ended, 1e6 * time)
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

/** Few and many; not a hundred, as 65599, the factor of sdbm, is -1 modulo a hundred, and decimal keys fall together. */
const SIZES = [4, 101]

const subjects = balancers.flatMap((definition) =>
  SIZES.map((targets) => [definition.id, targets, definition] as const),
)

/** Requests under way per target when weights are judged. */
const OPEN_PER_TARGET = 10

/** How far shares may be from what is due, on average over the targets: rings divide keys less evenly than turns do. */
const SLACK = 0.35

/** Mean of |share / due - 1|. */
function deviation(picks: readonly number[], dues: readonly number[]): number {
  const shares = sharesOf(picks, dues.length)
  return shares.reduce((sum, share, target) => sum + Math.abs(share / dues[target]! - 1), 0) / dues.length
}

describe.each(subjects)('%s over %d targets', (_id, targets, definition) => {
  it('picks an eligible target, or -1 when there is none', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const picks = replay(createBalancer(definition, targets), targets, life)
        expect(picks.filter(([, rightly]) => !rightly)).toEqual([])
      }),
      { numRuns: definition.tableSteps === undefined ? 100 : 5 },
    )
  })

  it('does the same again under the same seed', () => {
    fc.assert(
      fc.property(steps, (life) => {
        const first = replay(createBalancer(definition, targets), targets, life)
        expect(replay(createBalancer(definition, targets), targets, life)).toEqual(first)
      }),
      { numRuns: definition.tableSteps === undefined ? 20 : 3 },
    )
  })

  it('lets a target that joins take part, and none that left', () => {
    const balancer = allEligible(createBalancer(definition, targets), targets)
    balancer.setEligible(0, false)
    expect(serve(balancer, 40 * targets)).not.toContain(0)
    balancer.setEligible(0, true)
    balancer.setEligible(2, false)
    const picks = serve(balancer, 40 * targets)
    expect(picks).toContain(0)
    expect(picks).not.toContain(2)
  })

  it('sends everything to the only eligible target', () => {
    const balancer = createBalancer(definition, targets)
    expect(balancer.pick(0)).toBe(-1)
    balancer.setEligible(targets - 1, true)
    expect(new Set(serve(balancer, 20))).toEqual(new Set([targets - 1]))
  })
})

// Balancers that fill one target before the next declare themselves uneven: nobody asks for even shares of them.
describe.each(subjects.filter(([, , { uneven }]) => uneven !== true))(
  '%s over %d targets in even shares',
  (_id, targets, definition) => {
    it('is fair among equals', () => {
      const picks = serve(allEligible(createBalancer(definition, targets), targets), 400 * targets)
      expect(deviation(picks, new Array<number>(targets).fill(1 / targets))).toBeLessThan(SLACK)
      expect(new Set(picks).size).toBe(targets)
    })

    it('respects weights if it says so, and ignores them if not', () => {
      const weights = Array.from({ length: targets }, (_, target) => 1 + (target % 4))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      const balancer = allEligible(createBalancer(definition, targets, weights), targets)
      const picks = serve(balancer, 400 * targets, OPEN_PER_TARGET * targets)
      const dues = weights.map((weight) => (definition.weighted ? weight / total : 1 / targets))
      expect(deviation(picks, dues)).toBeLessThan(SLACK)
    })
  },
)

/** Keys that are looked at when targets change. */
const SAMPLE = 2_000

/** Least and greatest share of keys of other targets that move when one leaves. */
const MOVED_OF_OTHERS: Readonly<Record<Disruption, readonly [number, number]>> = {
  own: [0, 0],
  few: [0, 0.2],
  any: [0.4, 1],
}

function choicesOf(balancer: Balancer): number[] {
  return Array.from({ length: SAMPLE }, (_, key) => balancer.pick(key))
}

const keyed = balancers.filter((definition) => definition.keyed !== undefined)

describe.each(keyed.flatMap((definition) => SIZES.map((targets) => [definition.id, targets, definition] as const)))(
  '%s over %d targets and keys',
  (_id, targets, definition) => {
    it('keeps a key at its target', () => {
      const balancer = allEligible(createBalancer(definition, targets), targets)
      expect(choicesOf(balancer)).toEqual(choicesOf(balancer))
    })

    it('brings every key back when a target comes back', () => {
      const balancer = allEligible(createBalancer(definition, targets), targets)
      const before = choicesOf(balancer)
      balancer.setEligible(1, false)
      expect(choicesOf(balancer)).not.toEqual(before)
      balancer.setEligible(1, true)
      expect(choicesOf(balancer)).toEqual(before)
    })

    it('moves as many keys as it says when a target leaves', () => {
      const balancer = allEligible(createBalancer(definition, targets), targets)
      const before = choicesOf(balancer)
      balancer.setMember?.(1, false)
      balancer.setEligible(1, false)
      const after = choicesOf(balancer)
      const movedOfOthers = before.filter((target, key) => target !== 1 && target !== after[key]).length
      const [least, most] = MOVED_OF_OTHERS[definition.keyed!]
      expect(movedOfOthers).toBeGreaterThanOrEqual(least * SAMPLE)
      expect(movedOfOthers).toBeLessThanOrEqual(most * SAMPLE)
    })
  },
)

/** Operations that take a time in proportion to the targets would make ten times the targets ten times as slow. */
const GROWTH_MAX = 4

/** Keys that are asked for again and again while time is taken: rendezvous looks at all targets at the first request. */
const TIMED_KEYS = 2_000

/** Least of several measurements of the time that picks take, for targets that all are eligible. */
function timeOf(definition: BalancerDefinition, targets: number): number {
  const balancer = allEligible(createBalancer(definition, targets), targets)
  serve(balancer, TIMED_KEYS)
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    for (let request = 0; request < 20_000; request++) {
      const target = balancer.pick(request % TIMED_KEYS)
      balancer.opened(target)
      balancer.closed(target)
    }
    return performance.now() - start
  })
  return Math.min(...times)
}

it.each(balancers.map((definition) => [definition.id, definition] as const))(
  '%s takes hardly longer over a thousand targets than over a hundred',
  (_id, definition) => {
    const ratios = Array.from({ length: 3 }, () => timeOf(definition, 1_000) / timeOf(definition, 100))
    expect(Math.min(...ratios)).toBeLessThan(GROWTH_MAX)
  },
  60_000,
)
