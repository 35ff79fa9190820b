// Exponential backoff: growth, limit, ticks.
import { describe, expect, it } from 'vitest'
import { exponential } from '../../../../../sim-core/components/policy/backoffs/exponential.ts'
import { MAX_TIME_NS, NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

describe('exponential', () => {
  it('doubles from the first delay to the limit', () => {
    const delaysMs = backoffDelays(exponential, { initialNs: 100 * NS_PER_MS, maxNs: 1000 * NS_PER_MS }, 6)
    expect(delaysMs).toEqual([100, 200, 400, 800, 1000, 1000])
  })

  it('cuts every delay to whole ticks before the next grows from it', () => {
    const parameters = { initialNs: 3 * NS_PER_MS, multiplier: 1.5, maxNs: MAX_TIME_NS, resolutionNs: NS_PER_MS }
    expect(backoffDelays(exponential, parameters, 5)).toEqual([3, 4, 6, 9, 13])
    expect(backoffDelays(exponential, { ...parameters, resolutionNs: 1 }, 3)).toEqual([3, 4.5, 6.75])
  })

  it('stays at the first delay with a factor of 1, and never passes the limit after thousands of tries', () => {
    expect(backoffDelays(exponential, { initialNs: 7 * NS_PER_MS, multiplier: 1 }, 3)).toEqual([7, 7, 7])
    expect(backoffDelays(exponential, { maxNs: MAX_TIME_NS }, 3000).at(-1)).toBe(MAX_TIME_NS / NS_PER_MS)
  })
})
