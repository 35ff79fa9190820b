// Passive health checks eject after max_fails, let one request try after fail_timeout, and forget on success.

import { describe, expect, it } from 'vitest'
import { PassiveHealth } from '../../../../../sim-core/components/service/balancing/passive-health.ts'
import { roundRobin } from '../../../../../sim-core/components/service/balancing/round-robin.ts'
import {
  BLOCKED_BY,
  TargetEligibility,
} from '../../../../../sim-core/components/service/balancing/target-eligibility.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const TIMEOUT_NS = 1000

function createGroup(maxFails: readonly number[]): { health: PassiveHealth; eligibility: TargetEligibility } {
  const targets = maxFails.length
  const balancer = roundRobin.create({ targets, stream: new RandomStreams(1, 0).stream('test/balancer') })
  const eligibility = new TargetEligibility(targets, balancer)
  for (let target = 0; target < targets; target++) eligibility.unblock(target, BLOCKED_BY.notReady)
  const failTimeoutNs = maxFails.map(() => TIMEOUT_NS)
  return { health: new PassiveHealth({ maxFails, failTimeoutNs }, balancer, eligibility), eligibility }
}

describe('passive health', () => {
  it('ejects at max_fails and lets in again only after fail_timeout', () => {
    const { health, eligibility } = createGroup([2, 2])
    health.picked(0, 0)
    health.failed(0, 10)
    expect(eligibility.isEligible(0)).toBe(true)
    health.failed(0, 20)
    expect(eligibility.isEligible(0)).toBe(false)
    health.beforePick(20 + TIMEOUT_NS)
    expect(eligibility.isEligible(0)).toBe(false)
    health.beforePick(21 + TIMEOUT_NS)
    expect(eligibility.isEligible(0)).toBe(true)
  })

  it('lets a single request try, and goes by its outcome', () => {
    const { health, eligibility } = createGroup([1, 1])
    health.failed(0, 0)
    health.beforePick(TIMEOUT_NS + 1)
    health.picked(0, TIMEOUT_NS + 1)
    expect(eligibility.isEligible(0)).toBe(false)
    health.failed(0, TIMEOUT_NS + 2)
    health.beforePick(2 * TIMEOUT_NS + 2)
    expect(eligibility.isEligible(0)).toBe(false)
    health.beforePick(2 * TIMEOUT_NS + 3)
    health.picked(0, 2 * TIMEOUT_NS + 3)
    health.succeeded(0)
    expect(eligibility.isEligible(0)).toBe(true)
  })

  it('does not forget failures for a success within the timeout', () => {
    const { health, eligibility } = createGroup([2, 2])
    health.failed(0, 0)
    health.picked(0, 1)
    health.succeeded(0)
    health.failed(0, 2)
    expect(eligibility.isEligible(0)).toBe(false)
  })

  it('forgets failures for a success after the timeout', () => {
    const { health, eligibility } = createGroup([2, 2])
    health.failed(0, 0)
    health.picked(0, TIMEOUT_NS + 1)
    health.succeeded(0)
    health.failed(0, TIMEOUT_NS + 2)
    expect(eligibility.isEligible(0)).toBe(true)
  })

  it('never ejects when max_fails is 0, nor the only target', () => {
    for (const maxFails of [[0, 0], [1]]) {
      const { health, eligibility } = createGroup(maxFails)
      for (let failure = 0; failure < 5; failure++) health.failed(0, failure)
      expect(eligibility.isEligible(0)).toBe(true)
    }
  })
})

it('a target is eligible only when every cause is lifted', () => {
  const { eligibility } = createGroup([1, 1])
  eligibility.block(1, BLOCKED_BY.ejected)
  eligibility.block(1, BLOCKED_BY.unhealthy)
  eligibility.unblock(1, BLOCKED_BY.ejected)
  expect(eligibility.isEligible(1)).toBe(false)
  eligibility.unblock(1, BLOCKED_BY.unhealthy)
  expect(eligibility.isEligible(1)).toBe(true)
})
