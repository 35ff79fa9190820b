// Stages of k6 give the arrivals that k6 itself starts.

import { describe, expect, it } from 'vitest'
import { rateProfile } from '../../../../sim-core/traffic/profiles/registry.ts'
import { createArrivalProcess } from '../../../../sim-core/traffic/registry.ts'
import { allArrivals, arrivalStreams } from '../arrivals-fixture.ts'

const SECOND_NS = 1e9

function k6Arrivals(start: number, stages: readonly (readonly [seconds: number, target: number])[], endS: number) {
  const k6 = stages.map(([seconds, target]) => ({ durationNs: seconds * SECOND_NS, target }))
  const profile = rateProfile({ kind: 'k6', start, k6 }, endS * SECOND_NS, 1)
  return allArrivals(createArrivalProcess({ kind: 'deterministic', profile }, arrivalStreams(1), endS * SECOND_NS))
}

describe('k6 stages', () => {
  it('start iterations when the test of the ramping arrival rate executor expects them', () => {
    // TestRampingArrivalRateCal of k6: milliseconds, rounded down; the last falls on the very end of the last stage.
    const stages = [
      [5, 1],
      [1, 1],
      [5, 0],
    ] as const
    const expectedMs = [3162, 4472, 5500, 6527, 7837, 11_000]
    expect(k6Arrivals(0, stages, 60).map((atNs) => Math.floor(atNs / 1e6))).toEqual(expectedMs)
  })

  it('jump when a stage takes no time', () => {
    expect(
      k6Arrivals(
        0,
        [
          [0, 10],
          [1, 10],
        ],
        1,
      ).map((atNs) => atNs / 1e6),
    ).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900])
  })

  it('carry the begun iteration of a stage into the next', () => {
    // 2/s for 4.9 s is 9.8 iterations; the tenth comes when the next stage, at 4/s, has produced the other 0.2.
    const arrivals = k6Arrivals(
      2,
      [
        [4.9, 2],
        [0, 4],
        [5, 4],
      ],
      10,
    )
    expect(arrivals[8]).toBe(4.5 * SECOND_NS)
    expect(arrivals[9]).toBe(4.95 * SECOND_NS)
    expect(arrivals[10]).toBe(5.2 * SECOND_NS)
  })

  it('hold the last target, where k6 would stop', () => {
    expect(k6Arrivals(1, [[2, 1]], 6).length).toBe(5)
  })
})
