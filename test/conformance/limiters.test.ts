// What every registered rate limiter must hold for any arrivals: bounds in every window, waits kept, recovery, no less than granted.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimiter, limiters } from '../../sim-core/components/policy/limiter-registry.ts'
import { LIMITED, LIMITER_DEFAULTS, limiterParameters } from '../../sim-core/components/policy/rate-limiter.ts'
import type { LimiterParameters } from '../../sim-core/components/policy/rate-limiter.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../../sim-core/kernel/time.ts'

it('every limiter has an id of its own, and says what it does, where it is from and what it reads', () => {
  expect(new Set(limiters.map(({ id }) => id)).size).toBe(limiters.length)
  for (const { id, label, help, source, parameters } of limiters) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [label, help, source]) expect(text).not.toBe('')
    for (const parameter of parameters) expect(limiterParameters[parameter]).toBeDefined()
  }
})

const gapsMs = fc.array(fc.constantFrom(0, 0, 0, 1, 7, 50, 400, 3000), { maxLength: 400 })

const given = fc.record({
  perSecond: fc.constantFrom(1, 3, 10, 100),
  burst: fc.integer({ min: 1, max: 20 }),
  calls: fc.integer({ min: 1, max: 20 }),
  windowNs: fc.constantFrom(100, 1000).map((ms) => ms * NS_PER_MS),
  places: fc.integer({ min: 0, max: 5 }),
  waitNs: fc.constantFrom(0, 0, 300, 5000).map((ms) => ms * NS_PER_MS),
})

/** When the calls that were let through are made, in ns, and the longest wait. */
function replay(kind: string, parameters: LimiterParameters, gaps: readonly number[]) {
  const limiter = createLimiter({ kind, parameters })
  let nowNs = 0
  let longestWaitNs = 0
  const madeNs: number[] = []
  for (const gapMs of gaps) {
    nowNs += gapMs * NS_PER_MS
    const waitNs = limiter.acquire(nowNs)
    const used = limiter.used(nowNs)
    expect(used).toBeGreaterThanOrEqual(0)
    expect(used).toBeLessThanOrEqual(1)
    if (waitNs === LIMITED) continue
    expect(waitNs).toBeGreaterThanOrEqual(0)
    longestWaitNs = Math.max(longestWaitNs, waitNs)
    madeNs.push(nowNs + waitNs)
  }
  return { madeNs, longestWaitNs }
}

/** Most calls that a limiter may let through in a stretch of one second. */
function mostInSecond(kind: string, { perSecond, burst, calls, windowNs }: LimiterParameters): number {
  const windows = NS_PER_SECOND / windowNs
  if (kind === 'token_bucket') return burst + perSecond
  if (kind === 'leaky_bucket') return 1 + perSecond
  // Windows of fixed ends may overlap the second at both its ends; an estimate is off by less than a window.
  return kind === 'sliding_log' ? calls * windows : calls * (windows + 1)
}

describe.each(limiters.map(({ id }) => id))('%s', (kind) => {
  it('lets through no more than it grants, and lets nobody wait longer than it says', () => {
    fc.assert(
      fc.property(given, gapsMs, (parameters, gaps) => {
        const { madeNs, longestWaitNs } = replay(kind, parameters, gaps)
        const sorted = madeNs.toSorted((a, b) => a - b)
        const most = mostInSecond(kind, parameters)
        for (const [i, fromNs] of sorted.entries()) {
          // A nanosecond is what rounding up to whole ones may cost.
          const upTo = sorted[i + most] ?? Infinity
          expect(upTo - fromNs).toBeGreaterThanOrEqual(NS_PER_SECOND - most)
        }
        const queueNs = (parameters.places * NS_PER_SECOND) / parameters.perSecond
        expect(longestWaitNs).toBeLessThanOrEqual(kind === 'leaky_bucket' ? queueNs : parameters.waitNs)
      }),
    )
  })

  it('does the same again for the same arrivals', () => {
    fc.assert(
      fc.property(given, gapsMs, (parameters, gaps) => {
        expect(replay(kind, parameters, gaps)).toEqual(replay(kind, parameters, gaps))
      }),
      { numRuns: 30 },
    )
  })

  it('lets a call through after any pause that is long enough', () => {
    fc.assert(
      fc.property(given, gapsMs, (parameters, gaps) => {
        const limiter = createLimiter({ kind, parameters })
        let nowNs = 0
        for (const gapMs of gaps) limiter.acquire((nowNs += gapMs * NS_PER_MS))
        expect(limiter.acquire(nowNs + 60 * NS_PER_SECOND)).toBe(0)
      }),
    )
  })

  it('grants what it promises when far more is asked for', () => {
    const parameters = { ...LIMITER_DEFAULTS, perSecond: 20, burst: 5, calls: 20, places: 0 }
    const { madeNs } = replay(
      kind,
      parameters,
      Array.from({ length: 10_000 }, () => 1),
    )
    expect(madeNs.length).toBeGreaterThanOrEqual(198)
    expect(madeNs.length).toBeLessThanOrEqual(220)
  })
})
