// Memoryless backoff.
import { describe, expect, it } from 'vitest'
import { memoryless } from '../../../../../sim-core/components/policy/backoffs/memoryless.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

const DRAWS = 100_000

describe('memoryless', () => {
  const delays = backoffDelays(memoryless, { initialNs: 50 * NS_PER_MS }, DRAWS)

  it('has the mean asked for and a standard deviation as large, whatever the attempt', () => {
    for (const part of [delays.slice(0, DRAWS / 2), delays.slice(DRAWS / 2)]) {
      const mean = part.reduce((sum, delay) => sum + delay, 0) / part.length
      const variance = part.reduce((sum, delay) => sum + (delay - mean) ** 2, 0) / part.length
      expect(mean).toBeGreaterThan(49)
      expect(mean).toBeLessThan(51)
      expect(Math.sqrt(variance)).toBeGreaterThan(48.5)
      expect(Math.sqrt(variance)).toBeLessThan(51.5)
    }
  })

  it('forgets how long it has waited: half of those beyond the median are beyond twice the median', () => {
    const medianMs = 50 * Math.LN2
    const beyond = delays.filter((delay) => delay > medianMs)
    const twice = beyond.filter((delay) => delay > 2 * medianMs)
    expect(twice.length / beyond.length).toBeGreaterThan(0.49)
    expect(twice.length / beyond.length).toBeLessThan(0.51)
  })

  it('stops at the longest delay', () => {
    const cut = backoffDelays(memoryless, { initialNs: 50 * NS_PER_MS, maxNs: 60 * NS_PER_MS }, 1_000)
    expect(Math.max(...cut)).toBe(60)
    expect(cut.filter((delay) => delay === 60).length).toBeGreaterThan(200)
  })
})
