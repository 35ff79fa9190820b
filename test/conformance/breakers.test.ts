// What every registered circuit breaker must hold under any history of calls: rests kept, trials counted, recovery.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakerConfig, breakers, createBreaker } from '../../sim-core/components/policy/breaker-registry.ts'
import {
  BREAKER_CLOSED,
  BREAKER_DEFAULTS,
  BREAKER_HALF_OPEN,
  BREAKER_OPEN,
  breakerParameters,
} from '../../sim-core/components/policy/circuit-breaker.ts'
import type { BreakerDefinition, CircuitBreaker } from '../../sim-core/components/policy/circuit-breaker.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../../sim-core/kernel/time.ts'

it('every breaker has an id of its own, and says what it does, where it is from and what it reads', () => {
  expect(new Set(breakers.map(({ id }) => id)).size).toBe(breakers.length)
  for (const { id, label, help, source, parameters } of breakers) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [label, help, source]) expect(text).not.toBe('')
    for (const parameter of parameters) expect(breakerParameters[parameter]).toBeDefined()
  }
})

interface Step {
  readonly what: 'call' | 'ok' | 'fail' | 'lost'
  readonly waitMs: number
}

const histories = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>('call', 'call', 'call', 'ok', 'fail', 'fail', 'lost'),
    waitMs: fc.constantFrom(0, 0, 0, 1, 10, 200, 3000),
  }),
  { maxLength: 300 },
)

/** Small numbers, so that a short history goes through every state. */
const parameters = fc.record({
  failures: fc.integer({ min: 1, max: 4 }),
  calls: fc.integer({ min: 1, max: 10 }),
  windowNs: fc.integer({ min: 1, max: 5 }).map((seconds) => seconds * NS_PER_SECOND),
  buckets: fc.integer({ min: 1, max: 10 }),
  failureRatio: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  minimumCalls: fc.integer({ min: 0, max: 5 }),
  openNs: fc.integer({ min: 1, max: 500 }).map((ms) => ms * NS_PER_MS),
})

type Given = typeof parameters extends fc.Arbitrary<infer Value> ? Value : never

function create(definition: BreakerDefinition, given: Given): CircuitBreaker {
  return createBreaker(breakerConfig(definition, given))
}

/** States and answers after each step; time in ns as it went on. */
function replay(breaker: CircuitBreaker, history: readonly Step[]): (readonly [number, boolean | undefined])[] {
  let nowNs = 0
  let underWay = 0
  return history.map(({ what, waitMs }) => {
    nowNs += waitMs * NS_PER_MS
    let passed: boolean | undefined
    if (what === 'call') {
      passed = breaker.tryAcquire(nowNs)
      if (passed) underWay++
    } else if (underWay > 0) {
      underWay--
      if (what === 'ok') breaker.onSuccess(nowNs, NS_PER_MS)
      else if (what === 'fail') breaker.onFailure(nowNs, NS_PER_MS)
      else breaker.onAbandoned()
    }
    return [breaker.state(nowNs), passed] as const
  })
}

describe.each(breakers.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('does the same again for the same history', () => {
    fc.assert(
      fc.property(parameters, histories, (given, history) => {
        expect(replay(create(definition, given), history)).toEqual(replay(create(definition, given), history))
      }),
      { numRuns: 50 },
    )
  })

  it('refuses nothing while closed, and everything until its rest is over', () => {
    fc.assert(
      fc.property(parameters, histories, (given, history) => {
        const breaker = create(definition, given)
        let nowNs = 0
        const wrong: string[] = []
        for (const { what, waitMs } of history) {
          nowNs += waitMs * NS_PER_MS
          const before = breaker.state(nowNs)
          const restUntilNs = breaker.openUntilNs
          if (what === 'ok') breaker.onSuccess(nowNs, 0)
          else if (what === 'fail') breaker.onFailure(nowNs, 0)
          else {
            const passed = breaker.tryAcquire(nowNs)
            if (before === BREAKER_CLOSED && !passed) wrong.push('refused while closed')
            if (before === BREAKER_OPEN && passed && nowNs < restUntilNs)
              wrong.push('passed before the end of its rest')
          }
        }
        expect(wrong).toEqual([])
      }),
    )
  })

  it('lets no more trials pass than it may', () => {
    const given = { openNs: 100 * NS_PER_MS, failures: 1, minimumCalls: 1, windowNs: NS_PER_SECOND }
    const breaker = createBreaker(breakerConfig(definition, given))
    const passed = trip(breaker, 0)
    const afterNs = breaker.openUntilNs + 1
    let trials = 0
    for (let call = 0; call < 100; call++) if (breaker.tryAcquire(afterNs)) trials++
    const { trials: trialsMax } = { ...BREAKER_DEFAULTS, ...definition.defaults }
    expect(passed).toBeGreaterThan(0)
    // Those that close without trials let everything pass.
    expect(trials).toBe(breaker.state(afterNs) === BREAKER_HALF_OPEN ? trialsMax : 100)
  })

  it('opens when everything fails, and closes again when everything succeeds', () => {
    const breaker = createBreaker(breakerConfig(definition, { windowNs: NS_PER_SECOND, minimumPerSecond: 1 }))
    trip(breaker, 0)
    expect(breaker.state(0)).toBe(BREAKER_OPEN)
    let nowNs = breaker.openUntilNs + 1
    for (let call = 0; call < 1000; call++, nowNs += NS_PER_MS) {
      if (breaker.tryAcquire(nowNs)) breaker.onSuccess(nowNs, 0)
    }
    expect(breaker.state(nowNs)).toBe(BREAKER_CLOSED)
    expect(breaker.tryAcquire(nowNs)).toBe(true)
  })

  it('never counts less than nothing, nor more failures than calls', () => {
    fc.assert(
      fc.property(parameters, histories, (given, history) => {
        const breaker = create(definition, given)
        let nowNs = 0
        for (const { what, waitMs } of history) {
          nowNs += waitMs * NS_PER_MS
          // A call ends at the instant at which it began, so that no window forgets the one without the other.
          if (!breaker.tryAcquire(nowNs)) continue
          if (what === 'ok') breaker.onSuccess(nowNs, 0)
          else breaker.onFailure(nowNs, 0)
          const failures = breaker.reading.failures(nowNs)
          expect(failures).toBeGreaterThanOrEqual(0)
          expect(failures).toBeLessThanOrEqual(breaker.reading.calls(nowNs))
          expect(breaker.reading.slowCalls(nowNs)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

/** Failures until it opens; answers how many it took. */
function trip(breaker: CircuitBreaker, nowNs: number): number {
  for (let call = 1; call <= 1000; call++) {
    breaker.tryAcquire(nowNs)
    breaker.onFailure(nowNs, 0)
    if (breaker.state(nowNs) === BREAKER_OPEN) return call
  }
  return 0
}
