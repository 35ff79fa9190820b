// The consecutive-count breaker: each transition, and late results.
import { describe, expect, it } from 'vitest'
import {
  BREAKER_CLOSED,
  BREAKER_HALF_OPEN,
  BREAKER_OPEN,
} from '../../../../../sim-core/components/policy/circuit-breaker.ts'
import type { CircuitBreaker } from '../../../../../sim-core/components/policy/circuit-breaker.ts'
import { breakerConfig, createBreaker } from '../../../../../sim-core/components/policy/breaker-registry.ts'
import { consecutive } from '../../../../../sim-core/components/policy/breakers/consecutive.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'

const MINUTE = 60 * NS_PER_SECOND

/** Its state does not depend on when one looks. */
const NOW = 0

const create = (): CircuitBreaker => createBreaker(breakerConfig(consecutive, {}))

function opened(atNs: number): CircuitBreaker {
  const breaker = create()
  for (let failure = 0; failure < 5; failure++) breaker.onFailure(atNs, 0)
  return breaker
}

describe('consecutive breaker', () => {
  it('opens on the fifth failure in a row, not on five failures among successes', () => {
    const breaker = create()
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(0, 0)
    breaker.onSuccess(0, 0)
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(0, 0)
    expect(breaker.state(NOW)).toBe(BREAKER_CLOSED)
    breaker.onFailure(5, 0)
    expect(breaker.state(NOW)).toBe(BREAKER_OPEN)
    expect(breaker.openUntilNs).toBe(MINUTE + 5)
  })

  it('refuses until its rest is over, then lets as many trials through as it may', () => {
    const breaker = opened(0)
    expect(breaker.tryAcquire(MINUTE - 1)).toBe(false)
    expect(breaker.state(NOW)).toBe(BREAKER_OPEN)
    expect([1, 2, 3, 4].map(() => breaker.tryAcquire(MINUTE))).toEqual([true, true, true, false])
    expect(breaker.state(NOW)).toBe(BREAKER_HALF_OPEN)
    expect(breaker.openUntilNs).toBe(0)
  })

  it('closes after three trial successes and counts failures from zero again', () => {
    const breaker = opened(0)
    for (let trial = 0; trial < 3; trial++) {
      expect(breaker.tryAcquire(MINUTE)).toBe(true)
      breaker.onSuccess(MINUTE, 0)
    }
    expect(breaker.state(NOW)).toBe(BREAKER_CLOSED)
    for (let failure = 0; failure < 4; failure++) breaker.onFailure(MINUTE, 0)
    expect(breaker.state(NOW)).toBe(BREAKER_CLOSED)
  })

  it('opens again on one failed trial, for a whole rest', () => {
    const breaker = opened(0)
    breaker.tryAcquire(MINUTE)
    breaker.tryAcquire(MINUTE)
    breaker.onSuccess(MINUTE + 1, 0)
    breaker.onFailure(MINUTE + 2, 0)
    expect(breaker.state(NOW)).toBe(BREAKER_OPEN)
    expect(breaker.tryAcquire(2 * MINUTE + 1)).toBe(false)
    expect(breaker.tryAcquire(2 * MINUTE + 2)).toBe(true)
  })

  it('a trial that nobody saw the end of gives its place back', () => {
    const breaker = opened(0)
    for (let trial = 0; trial < 3; trial++) breaker.tryAcquire(MINUTE)
    expect(breaker.tryAcquire(MINUTE)).toBe(false)
    breaker.onAbandoned()
    expect(breaker.tryAcquire(MINUTE)).toBe(true)
  })

  it('takes no notice of results that arrive while it is open', () => {
    const breaker = opened(0)
    breaker.onSuccess(1, 0)
    breaker.onFailure(MINUTE - 1, 0)
    expect(breaker.state(NOW)).toBe(BREAKER_OPEN)
    expect(breaker.openUntilNs).toBe(MINUTE)
  })
})
