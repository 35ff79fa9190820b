// Decorrelated jitter: between the first delay and three times the last one.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BACKOFF_DEFAULTS } from '../../../../../sim-core/components/policy/backoff.ts'
import { decorrelatedJitter } from '../../../../../sim-core/components/policy/backoffs/decorrelated-jitter.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

it('draws from the first delay to three times the last one, up to the limit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
      let lastMs = 100
      for (const delayMs of backoffDelays(decorrelatedJitter, { maxNs: 1000 * NS_PER_MS }, 10, seed)) {
        expect(delayMs).toBeGreaterThanOrEqual(100)
        expect(delayMs).toBeLessThanOrEqual(Math.min(1000, 3 * lastMs))
        lastMs = delayMs
      }
    }),
  )
})

it('keeps the requests that share it apart', () => {
  const backoff = decorrelatedJitter.create(BACKOFF_DEFAULTS)
  const memory = new Float64Array(2)
  const stream = new RandomStreams(3, 0).stream('test/backoff')
  for (let attempt = 0; attempt < 20; attempt++) backoff.delayNs(attempt, memory, 0, stream)
  const firstOfOther = backoff.delayNs(0, memory, 1, stream)
  expect(firstOfOther).toBeLessThanOrEqual(300 * NS_PER_MS)
  expect(memory[1]).toBe(firstOfOther)
})
