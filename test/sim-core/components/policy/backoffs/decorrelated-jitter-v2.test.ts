// Decorrelated jitter, second form: medians near powers of the factor, sums on one curve.
import { expect, it } from 'vitest'
import { decorrelatedJitterV2 } from '../../../../../sim-core/components/policy/backoffs/decorrelated-jitter-v2.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

it('has medians near the first delay times powers of two', () => {
  const requests = Array.from({ length: 4000 }, (_, seed) => backoffDelays(decorrelatedJitterV2, {}, 5, seed))
  for (const [attempt, share] of [1, 1, 2, 4, 8].entries()) {
    const delaysMs = requests.map((delays) => delays[attempt]!).toSorted((a, b) => a - b)
    expect(delaysMs[2000]! / (100 * share)).toBeGreaterThan(0.8)
    expect(delaysMs[2000]! / (100 * share)).toBeLessThan(1.3)
  }
})

it('never passes the sum that its curve allows, nor the limit', () => {
  for (let seed = 0; seed < 500; seed++) {
    const delaysMs = backoffDelays(decorrelatedJitterV2, { maxNs: 500 * NS_PER_MS }, 8, seed)
    let sumMs = 0
    for (const [attempt, delayMs] of delaysMs.entries()) {
      sumMs += delayMs
      expect(delayMs).toBeLessThanOrEqual(500)
      expect(sumMs).toBeLessThanOrEqual((100 * 2 ** (attempt + 1)) / 1.4)
    }
  }
})
