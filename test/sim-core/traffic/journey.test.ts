// Journeys: where they go, how often, and when they end.

import { describe, expect, it } from 'vitest'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import type { RandomStream } from '../../../sim-core/kernel/random.ts'
import { endpointAt, expectedVisits, firstStep, JOURNEY_END, nextStep } from '../../../sim-core/traffic/journey.ts'
import type { JourneySpec } from '../../../sim-core/traffic/journey.ts'

const sequence: JourneySpec = { kind: 'sequence', steps: [4, 2, 4] }

/** search 0 -> product 1 (70 %); product -> search (40 %), cart 2 (20 %); cart -> pay 3 (always); pay ends. */
const shop: JourneySpec = {
  kind: 'markov',
  start: 0,
  next: [
    [{ to: 1, share: 0.7 }],
    [
      { to: 0, share: 0.4 },
      { to: 2, share: 0.2 },
    ],
    [{ to: 3, share: 1 }],
    [],
    [],
  ],
}

function walk(spec: JourneySpec, stream: RandomStream): number[] {
  const endpoints: number[] = []
  for (let at = firstStep(spec); at !== JOURNEY_END; at = nextStep(spec, at, stream))
    endpoints.push(endpointAt(spec, at))
  return endpoints
}

describe('sequence', () => {
  it('visits its steps in turn and draws nothing', () => {
    const stream = new RandomStreams(1, 0).stream('journey')
    expect(walk(sequence, stream)).toEqual([4, 2, 4])
    expect(stream.nextInt32()).toBe(new RandomStreams(1, 0).stream('journey').nextInt32())
    expect(firstStep({ kind: 'sequence', steps: [] })).toBe(JOURNEY_END)
  })

  it('visits as often as its steps say', () => {
    expect([...expectedVisits(sequence, 5)]).toEqual([0, 0, 1, 0, 2])
  })
})

describe('markov', () => {
  it('has the visits of the linear system', () => {
    // search = 1 + 0.4 product, product = 0.7 search: search = 1 / 0.72.
    const [search, product, cart, pay, other] = expectedVisits(shop, 5)
    expect(search).toBeCloseTo(1 / 0.72, 12)
    expect(product).toBeCloseTo(0.7 / 0.72, 12)
    expect(cart).toBeCloseTo(0.14 / 0.72, 12)
    expect(pay).toBeCloseTo(0.14 / 0.72, 12)
    expect(other).toBe(0)
  })

  it('walks as often as it expects to', () => {
    const stream = new RandomStreams(5, 0).stream('journey')
    const runs = 100_000
    const counts = new Float64Array(5)
    for (let run = 0; run < runs; run++) {
      for (const endpoint of walk(shop, stream)) counts[endpoint] = counts[endpoint]! + 1 / runs
    }
    const expected = expectedVisits(shop, 5)
    for (const [endpoint, count] of counts.entries()) expect(Math.abs(count - expected[endpoint]!)).toBeLessThan(0.015)
  })

  it('never ends where the shares only lack a rounding error', () => {
    const tenths: JourneySpec = {
      kind: 'markov',
      start: 0,
      next: [Array.from({ length: 10 }, () => ({ to: 0, share: 0.1 }))],
    }
    const almostOne = { nextUnit: () => 1 - 2 ** -53 } as RandomStream
    expect(nextStep(tenths, 0, almostOne)).toBe(0)
    expect(nextStep(shop, 3, almostOne)).toBe(JOURNEY_END)
    expect(expectedVisits(tenths, 1)[0]).toBe(Infinity)
  })

  it('counts visits without end where a journey is caught, and finite ones before', () => {
    const caught: JourneySpec = {
      kind: 'markov',
      start: 0,
      next: [
        [
          { to: 1, share: 0.5 },
          { to: 0, share: 0.25 },
        ],
        [{ to: 2, share: 1 }],
        [{ to: 1, share: 1 }],
        [],
      ],
    }
    const visits = expectedVisits(caught, 4)
    expect(visits[0]).toBeCloseTo(4 / 3, 12)
    expect(Array.from(visits.subarray(1))).toEqual([Infinity, Infinity, 0])
  })

  it('solves a system whose first pivot is small', () => {
    const loop: JourneySpec = {
      kind: 'markov',
      start: 0,
      next: [[{ to: 0, share: 1 - 1e-6 }], [{ to: 0, share: 1 }]],
    }
    expect(expectedVisits(loop, 2)[0]).toBeCloseTo(1e6, 2)
  })
})
