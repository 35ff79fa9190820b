// What figures are taken over: where the warm-up ends, and the stretches that intervals come from.
import { describe, expect, it } from 'vitest'
import { estimate, halfWidthOf, NO_ESTIMATE, RATIO } from '../../../sim-core/analysis/estimate.ts'
import { firstBucket, samplesOf, sampleNs } from '../../../sim-core/analysis/samples.ts'
import { studyOfText, madeUp } from './study-fixture.ts'

const SECOND = 1e9
const buckets = (count: number, latencyNs: (i: number) => number = () => 1e6) =>
  Array.from({ length: count }, (_, i) => ({ arrivals: 1, latenciesNs: [latencyNs(i)] }))

describe('the interval of a figure', () => {
  it('is the t-interval of the samples around the figure of all', () => {
    // Five values with mean 12 and variance 2.5; t with 4 degrees of freedom at 97.5 % is 2.776445.
    const { mean, low, high } = estimate(12.1, [10, 11, 12, 13, 14], 0.95)
    const half = 2.776_445_105_197_793 * Math.sqrt(2.5 / 5)
    expect(mean).toBe(12.1)
    expect(low).toBeCloseTo(12.1 - half, 10)
    expect(high).toBeCloseTo(12.1 + half, 10)
  })

  it('leaves samples without a figure out, and needs two', () => {
    expect(estimate(5, [5, NaN], 0.95)).toEqual({ mean: 5, low: null, high: null })
    expect(estimate(NaN, [1, 2], 0.95)).toEqual(NO_ESTIMATE)
    expect(estimate(5, [4, NaN, 6], 0.95).low).toBe(0)
  })

  it('ends where the figure cannot go on, and its width is that of the whole side', () => {
    const rare = estimate(0.01, [0, 0, 0.03], 0.95, RATIO)
    expect(rare.low).toBe(0)
    expect(rare.high).toBeGreaterThan(0.04)
    expect(halfWidthOf(rare)).toBeCloseTo(rare.high! - 0.01, 12)
    expect(estimate(0.99, [1, 1, 0.97], 0.95, RATIO).high).toBe(1)
  })
})

describe('the warm-up', () => {
  const runs = [madeUp(buckets(60))]

  it('ends at the first bucket that begins after a given time', () => {
    expect(firstBucket(runs, 0, true)).toBe(0)
    expect(firstBucket(runs, 10 * SECOND, true)).toBe(10)
    expect(firstBucket(runs, 10 * SECOND + 1, true)).toBe(11)
    expect(firstBucket(runs, 9.5 * SECOND, true)).toBe(10)
  })

  it('leaves nothing when it reaches into the last bucket', () => {
    expect(firstBucket(runs, 59.5 * SECOND, true)).toBe(60)
    expect(firstBucket(runs, 90 * SECOND, true)).toBe(60)
  })

  it('goes by the longest replication when the first was stopped early', () => {
    expect(firstBucket([madeUp(buckets(3)), madeUp(buckets(60))], 10 * SECOND, true)).toBe(10)
  })

  it('is found by MSER-5 when a run starts far from where it settles', () => {
    const settling = madeUp(buckets(100, (i) => (i < 20 ? 1e5 * (i + 1) : 2e6 + 1e4 * (i % 7))))
    expect(firstBucket([settling], null, true)).toBe(20)
  })

  it('is never found in a run that is not stationary: the peak would go', () => {
    const spike = madeUp(buckets(100, (i) => (i < 20 ? 9e6 : 1e6)))
    expect(firstBucket([spike], null, true)).toBe(20)
    expect(firstBucket([spike], null, false)).toBe(0)
  })

  it('ends before something happens to the system', () => {
    const settling = madeUp(buckets(100, (i) => (i < 20 ? 1e5 : 2e6)))
    const timeline = [{ atNs: 7.5 * SECOND, component: 'calls', kind: 'breaker', text: 'opened' }]
    expect(firstBucket([{ ...settling, timeline }], null, true)).toBe(7)
  })

  it('is cut from a queue that starts empty, and not from one whose figures are like the rest', () => {
    const text = (rate: number, duration: string) => `version: 1
name: one server
run: { duration: ${duration}, bucket: 1s }
traffic: { customers: { rate: ${rate}/s, mix: { serve: 100% } } }
services: { server: { cpu: { cores: 1, scheduling: fifo }, endpoints: { serve: { steps: [cpu: exponential(10ms)] } } } }
`
    // At rho 0.98 the relaxation time of M/M/1 is 10 ms / (1 - sqrt(0.98))^2, about 98 s.
    const slow = studyOfText(text(98, '600s'), { replications: 20 })
    expect(slow.series.warmup_s).toBeGreaterThan(30)
    const calm = studyOfText(text(10, '100s'), { replications: 10 })
    expect(calm.series.warmup_s).toBeLessThan(30)
  })
})

describe('samples', () => {
  it('are whole replications when there are several', () => {
    const samples = samplesOf([madeUp(buckets(60)), madeUp(buckets(7))], 10, true)
    expect(samples.map(({ from, to }) => [from, to])).toEqual([
      [10, 60],
      [7, 7],
    ])
    expect(samples.map(sampleNs)).toEqual([50 * SECOND, 0])
  })

  it('are twenty batches of a single one, alike in length and without a gap', () => {
    const samples = samplesOf([madeUp(buckets(69))], 10, true)
    expect(samples).toHaveLength(20)
    expect(samples[0]!.from).toBe(10)
    expect(samples.at(-1)!.to).toBe(69)
    expect(new Set(samples.map(({ from, to }) => to - from))).toEqual(new Set([2, 3]))
    expect(samples.slice(1).map(({ from }) => from)).toEqual(samples.slice(0, -1).map(({ to }) => to))
  })

  it('are one whole run when it is too short for batches or not stationary', () => {
    expect(samplesOf([madeUp(buckets(49))], 10, true)).toHaveLength(1)
    expect(samplesOf([madeUp(buckets(500))], 10, false)).toHaveLength(1)
    expect(samplesOf([], 0, true)).toEqual([])
  })

  it('of a single replication give every mean an interval', () => {
    const { clients } = studyOfText(
      `version: 1
name: one run
run: { duration: 200s, warmup: 10s }
traffic: { customers: { rate: 50/s, mix: { serve: 100% } } }
services: { server: { cpu: { cores: 1, scheduling: fifo }, endpoints: { serve: { steps: [cpu: exponential(10ms)] } } } }
`,
      { replications: 1 },
    )
    // M/M/1 at rho 0.5: 20 ms in the system.
    const { mean, low, high } = clients.latency_ms.mean
    expect(low!).toBeLessThan(20)
    expect(high!).toBeGreaterThan(20)
    expect(halfWidthOf({ mean, low, high })!).toBeLessThan(3)
  })
})
