// Full jitter: anywhere up to the exponential delay.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exponential } from '../../../../../sim-core/components/policy/backoffs/exponential.ts'
import { fullJitter } from '../../../../../sim-core/components/policy/backoffs/full-jitter.ts'
import { backoffDelays } from './backoff-delays.ts'

const RETRIES = 8

/** The bounds of a delay as shares of the exponential one. */
const LOW = 0
const HIGH = 1

it('stays within its range around the exponential delay', () => {
  const nominalMs = backoffDelays(exponential, {}, RETRIES)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      backoffDelays(fullJitter, {}, RETRIES, seed).forEach((delayMs, attempt) => {
        expect(delayMs).toBeGreaterThanOrEqual(LOW * nominalMs[attempt]!)
        expect(delayMs).toBeLessThanOrEqual(HIGH * nominalMs[attempt]!)
      })
    }),
  )
})

it('fills its range evenly', () => {
  const nominalMs = backoffDelays(exponential, {}, 1)[0]!
  const shares = Array.from({ length: 4000 }, (_, seed) => backoffDelays(fullJitter, {}, 1, seed)[0]! / nominalMs)
  for (const part of [0.25, 0.5, 0.75]) {
    const below = shares.filter((share) => share < LOW + part * (HIGH - LOW)).length / shares.length
    expect(below).toBeCloseTo(part, 1)
  }
  expect(Math.min(...shares)).toBeLessThan(LOW + 0.01)
  expect(Math.max(...shares)).toBeGreaterThan(HIGH - 0.01)
})
