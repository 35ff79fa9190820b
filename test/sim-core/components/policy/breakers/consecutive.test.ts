// The consecutive-count breaker: each transition, late results, and what no history of calls may make it do.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  BREAKER_CLOSED,
  BREAKER_HALF_OPEN,
  BREAKER_OPEN,
} from '../../../../../sim-core/components/policy/circuit-breaker.ts'
import type { CircuitBreaker } from '../../../../../sim-core/components/policy/circuit-breaker.ts'
import { breakers, createBreaker } from '../../../../../sim-core/components/policy/breaker-registry.ts'
import { CONSECUTIVE_DEFAULTS } from '../../../../../sim-core/components/policy/breakers/consecutive.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'

const MINUTE = 60 * NS_PER_SECOND

function opened(atNs: number, config = CONSECUTIVE_DEFAULTS): CircuitBreaker {
  const breaker = createBreaker(config)
  for (let failure = 0; failure < config.failureThreshold; failure++) breaker.onFailure(atNs)
  return breaker
}

describe('consecutive breaker', () => {
  it('opens on the fifth failure in a row, not on five failures among successes', () => {
    const breaker = createBreaker(CONSECUTIVE_DEFAULTS)
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(0)
    breaker.onSuccess(0)
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(0)
    expect(breaker.state()).toBe(BREAKER_CLOSED)
    breaker.onFailure(5)
    expect(breaker.state()).toBe(BREAKER_OPEN)
    expect(breaker.openUntilNs).toBe(MINUTE + 5)
  })

  it('refuses until its rest is over, then lets as many trials through as it may', () => {
    const breaker = opened(0)
    expect(breaker.tryAcquire(MINUTE - 1)).toBe(false)
    expect(breaker.state()).toBe(BREAKER_OPEN)
    expect([1, 2, 3, 4].map(() => breaker.tryAcquire(MINUTE))).toEqual([true, true, true, false])
    expect(breaker.state()).toBe(BREAKER_HALF_OPEN)
    expect(breaker.openUntilNs).toBe(0)
  })

  it('closes after three trial successes and counts failures from zero again', () => {
    const breaker = opened(0)
    for (let trial = 0; trial < 3; trial++) {
      expect(breaker.tryAcquire(MINUTE)).toBe(true)
      breaker.onSuccess(MINUTE)
    }
    expect(breaker.state()).toBe(BREAKER_CLOSED)
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(MINUTE)
    expect(breaker.state()).toBe(BREAKER_CLOSED)
  })

  it('opens again on one failed trial, for a whole rest', () => {
    const breaker = opened(0)
    breaker.tryAcquire(MINUTE)
    breaker.tryAcquire(MINUTE)
    breaker.onSuccess(MINUTE + 1)
    breaker.onFailure(MINUTE + 2)
    expect(breaker.state()).toBe(BREAKER_OPEN)
    expect(breaker.tryAcquire(2 * MINUTE + 1)).toBe(false)
    expect(breaker.tryAcquire(2 * MINUTE + 2)).toBe(true)
  })

  it('takes no notice of results that arrive while it is open', () => {
    const breaker = opened(0)
    breaker.onSuccess(1)
    breaker.onFailure(MINUTE - 1)
    expect(breaker.state()).toBe(BREAKER_OPEN)
    expect(breaker.openUntilNs).toBe(MINUTE)
  })

  it('never lets a call through before the end of a rest, and never more trials than allowed', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('call', 'ok', 'fail'), fc.integer({ min: 0, max: 40 })), {
      maxLength: 200,
    })
    const configs = fc.record({
      kind: fc.constant('consecutive' as const),
      failureThreshold: fc.integer({ min: 1, max: 4 }),
      openNs: fc.integer({ min: 0, max: 100 }),
      trialCallsMax: fc.integer({ min: 1, max: 4 }),
      successThreshold: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(configs, steps, (config, history) => {
        const breaker = createBreaker(config)
        const violations: string[] = []
        let nowNs = 0
        let trials = 0
        for (const [what, waitNs] of history) {
          nowNs += waitNs
          const before = breaker.state()
          const restUntilNs = breaker.openUntilNs
          const passed = what === 'call' && breaker.tryAcquire(nowNs)
          if (what === 'ok') breaker.onSuccess(nowNs)
          if (what === 'fail') breaker.onFailure(nowNs)
          if (before === BREAKER_OPEN && passed) {
            if (nowNs < restUntilNs) violations.push(`passed at ${nowNs}, before ${restUntilNs}`)
            trials = 0
          }
          if (before === BREAKER_CLOSED && what === 'call' && !passed) violations.push('refused while closed')
          if (breaker.state() !== BREAKER_HALF_OPEN) continue
          trials = Math.max(0, trials + (passed ? 1 : 0) - (what === 'ok' ? 1 : 0))
          if (trials > config.trialCallsMax) violations.push(`${trials} trials`)
        }
        expect(violations).toEqual([])
      }),
    )
  })

  it('is in the list once, with its help and source', () => {
    expect(breakers.map(({ id }) => id)).toEqual(['consecutive'])
    expect(breakers[0]!.help.length).toBeGreaterThan(20)
    expect(breakers[0]!.source).toContain('Nygard')
  })
})
