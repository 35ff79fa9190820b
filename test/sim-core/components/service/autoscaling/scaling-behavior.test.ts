// Rate limits: policies of either direction, their combination, and the limits without behaviour.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_BEHAVIOR,
  limitByBehavior,
  limitWithoutBehavior,
} from '../../../../../sim-core/components/service/autoscaling/scaling-behavior.ts'
import type { ScalingRules } from '../../../../../sim-core/components/service/autoscaling/scaling-behavior.ts'
import { changeWithin, recordScaleEvent } from '../../../../../sim-core/components/service/autoscaling/scale-events.ts'
import type { ScaleEvent } from '../../../../../sim-core/components/service/autoscaling/scale-events.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'

const NOW_NS = 1000 * NS_PER_SECOND
const BOUNDS = { min: 1, max: 100 }

function limited(current: number, desired: number, behavior = DEFAULT_BEHAVIOR, bounds = BOUNDS) {
  return limitByBehavior(NOW_NS, current, desired, bounds, behavior, [], [])
}

describe('limitByBehavior', () => {
  it('by default doubles or adds four, whichever is more, and removes at will', () => {
    expect(limited(2, 50)).toEqual({ replicas: 6, reason: 'ScaleUpLimit' })
    expect(limited(20, 50)).toEqual({ replicas: 40, reason: 'ScaleUpLimit' })
    expect(limited(20, 30)).toEqual({ replicas: 30, reason: 'DesiredWithinRange' })
    expect(limited(80, 150)).toEqual({ replicas: 100, reason: 'TooManyReplicas' })
    expect(limited(50, 0)).toEqual({ replicas: 1, reason: 'TooFewReplicas' })
  })

  it('picks the policy of least change, or none', () => {
    const scaleUp: ScalingRules = { ...DEFAULT_BEHAVIOR.scaleUp, selectPolicy: 'min' }
    expect(limited(20, 50, { ...DEFAULT_BEHAVIOR, scaleUp })).toEqual({ replicas: 24, reason: 'ScaleUpLimit' })
    const disabled: ScalingRules = { ...DEFAULT_BEHAVIOR.scaleDown, selectPolicy: 'disabled' }
    expect(limited(20, 5, { ...DEFAULT_BEHAVIOR, scaleDown: disabled }).replicas).toBe(20)
  })

  it('counts what changed within the period, in both directions', () => {
    const rules: ScalingRules = {
      selectPolicy: 'max',
      policies: [{ type: 'pods', value: 5, periodNs: 60 * NS_PER_SECOND }],
      stabilizationWindowNs: 0,
    }
    const event = (change: number, secondsAgo: number): ScaleEvent => ({
      change,
      atNs: NOW_NS - secondsAgo * NS_PER_SECOND,
      outdated: false,
    })
    const behavior = { scaleUp: rules, scaleDown: rules }
    const withEvents = (ups: ScaleEvent[], downs: ScaleEvent[]) =>
      limitByBehavior(NOW_NS, 20, 50, BOUNDS, behavior, ups, downs).replicas
    expect(withEvents([], [])).toBe(25)
    expect(withEvents([event(3, 59)], [])).toBe(22)
    expect(withEvents([event(3, 60)], [])).toBe(25)
    expect(withEvents([event(9, 1)], [])).toBe(20)
    expect(withEvents([event(3, 59)], [event(2, 10)])).toBe(24)
  })

  it('stays between the bounds and between the current and the wanted count', () => {
    const policy = fc.record({
      type: fc.constantFrom('pods' as const, 'percent' as const),
      value: fc.integer({ min: 1, max: 200 }),
      periodNs: fc.integer({ min: 1, max: 120 }).map((seconds) => seconds * NS_PER_SECOND),
    })
    const rules = fc.record({
      selectPolicy: fc.constantFrom('max' as const, 'min' as const, 'disabled' as const),
      policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
      stabilizationWindowNs: fc.constant(0),
    })
    const event = fc.record({
      change: fc.integer({ min: 1, max: 20 }),
      atNs: fc.integer({ min: 0, max: 1000 }).map((seconds) => seconds * NS_PER_SECOND),
      outdated: fc.constant(false),
    })
    const count = fc.integer({ min: 1, max: 100 })
    fc.assert(
      fc.property(
        count,
        count,
        rules,
        rules,
        fc.array(event),
        fc.array(event),
        (current, desired, up, down, ups, downs) => {
          const behavior = { scaleUp: up, scaleDown: down }
          const { replicas } = limitByBehavior(NOW_NS, current, desired, BOUNDS, behavior, ups, downs)
          expect(replicas).toBeGreaterThanOrEqual(Math.min(current, desired))
          expect(replicas).toBeLessThanOrEqual(Math.max(current, desired))
          expect(Number.isInteger(replicas)).toBe(true)
        },
      ),
    )
  })
})

describe('limitWithoutBehavior', () => {
  it('at most doubles, but reaches four from any count', () => {
    expect(limitWithoutBehavior(1, 50, BOUNDS, 2, 4)).toEqual({ replicas: 4, reason: 'ScaleUpLimit' })
    expect(limitWithoutBehavior(30, 90, BOUNDS, 2, 4)).toEqual({ replicas: 60, reason: 'ScaleUpLimit' })
    expect(limitWithoutBehavior(60, 190, BOUNDS, 2, 4)).toEqual({ replicas: 100, reason: 'TooManyReplicas' })
    expect(limitWithoutBehavior(60, 0, BOUNDS, 2, 4)).toEqual({ replicas: 1, reason: 'TooFewReplicas' })
  })
})

describe('recordScaleEvent', () => {
  it('keeps the log as short as the longest period needs', () => {
    const events: ScaleEvent[] = []
    for (let second = 0; second < 1000; second += 15) {
      recordScaleEvent(events, second * NS_PER_SECOND, 1, [30 * NS_PER_SECOND, 60 * NS_PER_SECOND])
    }
    expect(events.length).toBeLessThanOrEqual(6)
    expect(changeWithin(events, 990 * NS_PER_SECOND, 60 * NS_PER_SECOND)).toBe(4)
  })
})
