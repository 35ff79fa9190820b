// Closed users over time: when each joins and leaves.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userProfile } from '../../../sim-core/traffic/profiles/registry.ts'
import { UserCountWalk, userPeak } from '../../../sim-core/traffic/user-profile.ts'
import type { UserProfile } from '../../../sim-core/traffic/user-profile.ts'

const SECOND_NS = 1e9

function changes(profile: UserProfile, endNs: number): [atNs: number, users: number][] {
  const walk = new UserCountWalk(profile, endNs)
  const found: [number, number][] = [[0, walk.users]]
  for (let atNs = walk.next(); atNs !== Infinity; atNs = walk.next()) found.push([atNs, walk.users])
  return found
}

describe('user count', () => {
  it('rises and falls as k6 ramps virtual users', () => {
    const up = { durationNs: 10 * SECOND_NS, target: 10 }
    const down = { durationNs: 10 * SECOND_NS, target: 0 }
    const profile = userProfile({ kind: 'k6', start: 0, k6: [up, down] }, 60 * SECOND_NS)
    const expected = Array.from({ length: 21 }, (_, second) => [second * SECOND_NS, 10 - Math.abs(10 - second)])
    expect(changes(profile, 60 * SECOND_NS)).toEqual(expected)
  })

  it('jumps at once and stays constant without a change', () => {
    const jump = userProfile({ kind: 'stages', from: 5, stages: [{ holdNs: 100 }, { jump: 200 }] }, 1000)
    expect(changes(jump, 1000)).toEqual([
      [0, 5],
      [100, 200],
    ])
    expect(changes(userProfile({ kind: 'constant', level: 7 }, 1000), 1000)).toEqual([[0, 7]])
  })

  it('reports nothing at the end or after it, however often it is asked', () => {
    const profile = userProfile({ kind: 'stages', from: 0, stages: [{ overNs: 10, to: 10 }, { jump: 3 }] }, 5)
    expect(changes(profile, 5).at(-1)).toEqual([4, 4])
    const walk = new UserCountWalk(profile, 5)
    while (walk.next() !== Infinity);
    expect([walk.next(), walk.next(), walk.users]).toEqual([Infinity, Infinity, 4])
    expect(userPeak(profile, 5)).toBe(4)
    expect(userPeak(profile, 11)).toBe(10)
  })

  it('stays within one user of the curve, in order of time', () => {
    const stages = fc.array(
      fc.record({ overNs: fc.integer({ min: 0, max: 1_000_000 }), to: fc.double({ min: 0, max: 50, noNaN: true }) }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), stages, (from, list) => {
        const profile = userProfile({ kind: 'stages', from, stages: list }, 1e7)
        let lastNs = 0
        for (const [atNs, users] of changes(profile, 1e7)) {
          expect(atNs).toBeGreaterThanOrEqual(lastNs)
          expect(Number.isInteger(users) && users >= 0).toBe(true)
          lastNs = atNs
        }
        const final = changes(profile, 1e7).at(-1)![1]
        expect(Math.abs(final - profile.points.at(-1)!.users)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
