// What remembered recommendations allow.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  stabilizeByMaximum,
  stabilizeByWindows,
} from '../../../../../sim-core/components/service/autoscaling/stabilization.ts'
import type { Recommendation } from '../../../../../sim-core/components/service/autoscaling/stabilization.ts'

const entry = (replicas: number, atNs: number): Recommendation => ({ replicas, atNs })

describe('stabilizeByWindows', () => {
  it('comes down only as far as the greatest recommendation of the down window', () => {
    expect(stabilizeByWindows([entry(9, 50), entry(7, 80)], 100, 10, 3, 0, 40)).toBe(7)
    expect(stabilizeByWindows([entry(9, 50), entry(7, 80)], 100, 10, 3, 0, 60)).toBe(9)
  })

  it('goes up only as far as the least recommendation of the up window', () => {
    expect(stabilizeByWindows([entry(12, 50), entry(15, 80)], 100, 10, 20, 60, 0)).toBe(12)
    expect(stabilizeByWindows([entry(8, 50)], 100, 10, 20, 60, 0)).toBe(10)
  })

  it('does not count an entry exactly one window old', () => {
    expect(stabilizeByWindows([entry(9, 40)], 100, 10, 3, 0, 60)).toBe(3)
  })

  it('never passes the wanted count, never goes the other way, and keeps its log bounded', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 })), { minLength: 1 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (history, up, down) => {
        const log: Recommendation[] = []
        let nowNs = 0
        let current = 10
        for (const [desired, waitNs] of history) {
          nowNs += waitNs
          const next = stabilizeByWindows(log, nowNs, current, desired, up, down)
          expect(next).toBeGreaterThanOrEqual(Math.min(current, desired))
          expect(next).toBeLessThanOrEqual(Math.max(current, desired))
          current = next
        }
        expect(log.length).toBeLessThanOrEqual(Math.max(up, down) + 2)
      }),
    )
  })
})

describe('stabilizeByMaximum', () => {
  it('takes the greatest of the window and reuses what is older', () => {
    const log = [entry(20, 10), entry(9, 50)]
    expect(stabilizeByMaximum(log, 100, 3, 50)).toBe(9)
    expect(log).toEqual([entry(3, 100), entry(9, 50)])
  })
})
