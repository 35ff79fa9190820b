// What every backoff on offer must keep: whole nanoseconds, limits, no draw where none is needed, the same under one seed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffParameters } from '../../../../sim-core/components/policy/backoff.ts'
import { backoffs } from '../../../../sim-core/components/policy/backoff-registry.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoffs/backoff-delays.ts'

const parameters = fc.record({
  initialNs: fc.integer({ min: 1, max: NS_PER_SECOND }),
  maxNs: fc.integer({ min: NS_PER_SECOND, max: 60 * NS_PER_SECOND }),
  multiplier: fc.double({ min: 1, max: 10, noNaN: true }),
  jitterRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  resolutionNs: fc.constantFrom(1, 1000, NS_PER_MS),
})

describe.each(backoffs)('$id', (definition) => {
  it('waits whole nanoseconds, never negative, never beyond the limit and its jitter', () => {
    fc.assert(
      fc.property(parameters, fc.integer({ min: 0, max: 2 ** 31 }), (given, seed) => {
        for (const delayMs of backoffDelays(definition, given, 12, seed)) {
          expect(Math.abs(delayMs * NS_PER_MS - Math.round(delayMs * NS_PER_MS))).toBeLessThan(1e-4)
          expect(delayMs).toBeGreaterThanOrEqual(0)
          const limitNs = given.maxNs * (1 + given.jitterRatio) + given.resolutionNs
          expect(delayMs).toBeLessThanOrEqual(limitNs / NS_PER_MS)
        }
      }),
    )
  })

  it('gives the same delays under the same seed', () => {
    expect(backoffDelays(definition, {}, 10, 42)).toEqual(backoffDelays(definition, {}, 10, 42))
  })

  it('says what it is, where it comes from and which parameters it reads', () => {
    expect(definition.id).toMatch(/^[a-z0-9_]+$/)
    expect(definition.help.length).toBeGreaterThan(20)
    expect(definition.source.length).toBeGreaterThan(20)
    for (const id of definition.parameters) expect(backoffParameters[id]).toBeDefined()
  })

  it('ignores the parameters that it does not list', () => {
    const others = { initialNs: 1, maxNs: 1, multiplier: 9, jitterRatio: 1, resolutionNs: 50_000_000 }
    const unread = Object.fromEntries(
      Object.entries(others).filter(([id]) => !definition.parameters.some((own) => own === id)),
    )
    expect(backoffDelays(definition, unread, 6)).toEqual(backoffDelays(definition, {}, 6))
  })
})

it('names every backoff once', () => {
  expect(new Set(backoffs.map(({ id }) => id)).size).toBe(backoffs.length)
})
