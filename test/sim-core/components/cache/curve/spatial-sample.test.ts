// Curves from samples of the keys: which keys, how far off, and whether the error bound covers the exact curve.

import { expect, it } from 'vitest'
import { tInterval } from '../../../../../sim-core/analysis/confidence.ts'
import { sampledInterval } from '../../../../../host/runs/curve-run.ts'
import type { AccessTrace } from '../../../../../sim-core/components/cache/curve/access-trace.ts'
import { AccessCollector } from '../../../../../sim-core/components/cache/curve/access-trace.ts'
import { countMisses } from '../../../../../sim-core/components/cache/curve/policy-replay.ts'
import {
  adjustedMissRatio,
  SAMPLES,
  SpatialSample,
} from '../../../../../sim-core/components/cache/curve/spatial-sample.ts'
import { createZipf } from '../../../../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const KEYS = 30_000
const REQUESTS = 200_000
const RATE = 0.1
const SIZES = [600, 2_000, 6_000, 15_000]

function ratios(trace: AccessTrace, policy: string, rate: number): number[] {
  const scaled = SIZES.map((size) => Math.round(size * rate))
  return [...countMisses(trace, policy, scaled, 1, () => {})].map((misses) => adjustedMissRatio(misses, REQUESTS, rate))
}

it('samples a share of the keys, each sample others', () => {
  const [one, other] = [new SpatialSample(0.2, 0), new SpatialSample(0.2, 1)]
  let [inOne, inBoth] = [0, 0]
  for (let key = 0; key < 100_000; key++) {
    if (!one.has(key)) continue
    inOne += 1
    if (other.has(key)) inBoth += 1
  }
  // Four standard deviations of binomial counts.
  expect(Math.abs(inOne - 20_000)).toBeLessThan(4 * Math.sqrt(100_000 * 0.2 * 0.8))
  expect(Math.abs(inBoth - 4_000)).toBeLessThan(4 * Math.sqrt(100_000 * 0.04 * 0.96))
})

it('a popular key that is in the sample, or is not, changes little', () => {
  expect(adjustedMissRatio(50, 10_000, 0.01)).toBe(0.5)
  expect(adjustedMissRatio(150, 10_000, 0.01)).toBe(1.5)
  // What is told of samples together is a ratio.
  expect(sampledInterval([1.5, 1.5])).toEqual({ mean: 1, low: 1, high: 1 })
  expect(sampledInterval([1.5, 0.3])).toMatchObject({ mean: 0.9, low: 0, high: 1 })
})

it('the error bound covers as often as it says where nearly everything misses', () => {
  // Equally popular keys, each asked for twice, far apart: of the n in a sample, those in the cache hit at both requests.
  const [keys, rate, size, trials] = [100_000, 0.01, 200, 400]
  const samples = Array.from({ length: SAMPLES }, (_, index) => new SpatialSample(rate, index))
  const truth = 1 - size / keys
  let covered = 0
  for (let trial = 0; trial < trials; trial++) {
    const counts = samples.map((sample) => {
      let count = 0
      for (let key = 0; key < keys; key++) if (sample.has(key + trial * keys)) count += 1
      return count
    })
    const misses = counts.map((count) => 2 * (count - size * rate))
    const { low, high } = sampledInterval(misses.map((each) => adjustedMissRatio(each, 2 * keys, rate)))
    if (low <= truth && truth <= high) covered += 1
  }
  // 95 %, less three standard deviations of so many trials; cut off sample by sample, it is 81 %.
  expect(covered / trials).toBeGreaterThan(0.95 - 3 * Math.sqrt((0.95 * 0.05) / trials))
})

it('the error bound covers the exact curve nearly as often as it says', () => {
  const policies = ['lru', 'sieve', 's3_fifo', 'arc']
  let covered = 0
  let all = 0
  for (let seed = 1; seed <= 8; seed++) {
    const ranks = createZipf(KEYS, 0.9, new RandomStreams(seed, 0).stream('test/keys'))
    const exact = new AccessCollector(false)
    const samples = Array.from({ length: SAMPLES }, (_, index) => new SpatialSample(RATE, index))
    const collectors = samples.map(() => new AccessCollector(false))
    for (let request = 0; request < REQUESTS; request++) {
      const key = ranks.next()
      exact.add(key, 0)
      for (const [index, sample] of samples.entries()) if (sample.has(key)) collectors[index]!.add(key, 0)
    }
    const traces = collectors.map((collector) => collector.trace(KEYS, 1))
    for (const policy of policies) {
      const truth = ratios(exact.trace(KEYS, 1), policy, 1)
      const estimates = traces.map((trace) => ratios(trace, policy, RATE))
      for (const [size, ratio] of truth.entries()) {
        const { low, high } = tInterval(
          estimates.map((each) => each[size]!),
          0.95,
        )
        expect((high - low) / 2).toBeLessThan(0.08)
        all += 1
        if (low <= ratio && ratio <= high) covered += 1
      }
    }
  }
  expect(covered / all).toBeGreaterThan(0.9)
})
