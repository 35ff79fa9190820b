// Renewal arrivals: sums of independent gaps, whatever their distribution.

import { describe, expect, it } from 'vitest'
import { createSampler } from '../../../../sim-core/distributions/registry.ts'
import type { DistributionSpec } from '../../../../sim-core/distributions/registry.ts'
import { RandomStreams } from '../../../../sim-core/kernel/random.ts'
import { arrivalMeanPerSecond, createArrivalProcess } from '../../../../sim-core/traffic/registry.ts'
import { allArrivals, arrivalStreams } from '../arrivals-fixture.ts'

const SECOND_NS = 1e9

function renewal(distribution: DistributionSpec, endNs: number) {
  return createArrivalProcess({ kind: 'interarrival', distribution }, arrivalStreams(1), endNs)
}

describe('interarrival', () => {
  it('arrives after whole gaps, the first included', () => {
    expect(allArrivals(renewal({ type: 'constant', value: 250 }, 1001))).toEqual([250, 500, 750, 1000])
  })

  it('adds up gaps before it rounds', () => {
    const arrivals = allArrivals(renewal({ type: 'constant', value: 0.25 }, 100))
    expect(arrivals.length).toBe(397)
    expect(arrivals.slice(0, 6)).toEqual([0, 1, 1, 1, 1, 2])
    const distribution: DistributionSpec = { type: 'uniform', min: 900, max: 1100 }
    const sampler = createSampler(distribution, new RandomStreams(1, 0).stream('test/gaps'))
    const process = renewal(distribution, Infinity)
    let sum = 0
    for (let count = 0; count < 100_000; count++) {
      sum += sampler.next()
      expect(Math.abs(process.next() - sum)).toBeLessThan(0.51)
    }
  })

  it('never goes back when the distribution reaches below zero', () => {
    const arrivals = allArrivals(renewal({ type: 'normal', mean: 1000, sd: 2000 }, SECOND_NS / 1000))
    expect(arrivals.length).toBeGreaterThan(100)
    expect(arrivals.every((atNs, index) => index === 0 || atNs >= arrivals[index - 1]!)).toBe(true)
  })

  it('has a rate of one over the mean gap, and refuses gaps that are always zero', () => {
    const distribution: DistributionSpec = { type: 'exponential', mean: 2e6 }
    expect(arrivalMeanPerSecond({ kind: 'interarrival', distribution }, 0, SECOND_NS)).toBe(500)
    expect(() => renewal({ type: 'constant', value: 0 }, 10)).toThrow('above 0')
  })
})
