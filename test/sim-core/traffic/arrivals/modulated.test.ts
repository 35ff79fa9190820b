// Bursty and Markov-modulated arrivals: mean rate, variability against theory, phases apart from gaps.

import { describe, expect, it } from 'vitest'
import { burstPhases } from '../../../../sim-core/traffic/arrivals/bursty.ts'
import { ModulatedPieces } from '../../../../sim-core/traffic/arrivals/modulated-pieces.ts'
import { END_NS, ProfilePieces, START_NS, START_RATE } from '../../../../sim-core/traffic/arrivals/rate-pieces.ts'
import { profileMean } from '../../../../sim-core/traffic/rate-profile.ts'
import { arrivalMeanPerSecond, createArrivalProcess } from '../../../../sim-core/traffic/registry.ts'
import type { ArrivalSpec } from '../../../../sim-core/traffic/registry.ts'
import { allArrivals, arrivalStreams, meanAndVariance, windowCounts } from '../arrivals-fixture.ts'

const SECOND_NS = 1e9

/**
 * Variance of the number of arrivals of a stationary two-phase MMPP in a time t over their mean, from Fischer and
 * Meier-Hellstern 1993: 1 + 2 (r1 r2 (a1 - a2)^2 / (r^2 (a1 r2 + a2 r1))) (1 - (1 - exp(-r t)) / (r t)), r = r1 + r2.
 */
function dispersion(rates: readonly [number, number], leaves: readonly [number, number], t: number): number {
  const [a1, a2] = rates
  const [r1, r2] = leaves
  const r = r1 + r2
  const limit = (2 * r1 * r2 * (a1 - a2) ** 2) / (r * r * (a1 * r2 + a2 * r1))
  return 1 + limit * (1 - (1 - Math.exp(-r * t)) / (r * t))
}

/** Two phases: 17.37/s left at 1/s, 1.737/s left at 2/s; mean 12.159/s. */
const mmpp: ArrivalSpec = {
  kind: 'mmpp',
  phases: [
    { perSecond: 17.37, meanNs: SECOND_NS },
    { perSecond: 1.737, meanNs: SECOND_NS / 2 },
  ],
}

describe('mmpp', () => {
  it('has the mean rate and the index of dispersion of theory', () => {
    const windows = 50_000
    const { mean, variance } = meanAndVariance(
      windowCounts(createArrivalProcess(mmpp, arrivalStreams(3), Infinity), 4 * SECOND_NS, windows),
    )
    const expected = dispersion([17.37, 1.737], [1, 2], 4)
    expect(expected).toBeGreaterThan(3)
    expect(arrivalMeanPerSecond(mmpp, 0, SECOND_NS)).toBeCloseTo(12.159, 12)
    expect(Math.abs(mean / 4 / 12.159 - 1)).toBeLessThan(0.01)
    expect(Math.abs(variance / mean / expected - 1)).toBeLessThan(0.03)
  })

  it('starts in the stationary distribution of the phases', () => {
    const spec: ArrivalSpec = {
      kind: 'mmpp',
      phases: [
        { perSecond: 1000, meanNs: 2000 * SECOND_NS },
        { perSecond: 0, meanNs: 5000 * SECOND_NS },
        { perSecond: 0, meanNs: 3000 * SECOND_NS },
      ],
    }
    const runs = 2000
    let active = 0
    for (let seed = 0; seed < runs; seed++) {
      if (createArrivalProcess(spec, arrivalStreams(seed), SECOND_NS).next() !== Infinity) active += 1
    }
    expect(Math.abs(active / runs - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / runs))
  })

  it('goes through its phases in a ring, each of exponential length with its mean', () => {
    const means = [1e6, 3e6, 2e6]
    const phases = means.map((meanNs, index) => ({ factor: index + 1, meanNs }))
    const base = new ProfilePieces({ points: [{ atNs: 0, perSecond: 10 }] })
    const pieces = new ModulatedPieces(base, phases, arrivalStreams(6).phases)
    const rounds = 20_000
    const first = pieces.piece[START_RATE]! / 10 - 1
    const lengths = means.map(() => new Float64Array(rounds))
    for (let count = 0; count < 3 * rounds; count++) {
      const phase = (first + count) % 3
      expect(pieces.piece[START_RATE]).toBe(10 * (phase + 1))
      lengths[phase]![Math.floor(count / 3)] = pieces.piece[END_NS]! - pieces.piece[START_NS]!
      pieces.advance()
    }
    for (const [phase, meanNs] of means.entries()) {
      const { mean, variance } = meanAndVariance(lengths[phase]!)
      expect(Math.abs(mean / meanNs - 1)).toBeLessThan(4 / Math.sqrt(rounds))
      expect(Math.abs(Math.sqrt(variance) / meanNs - 1)).toBeLessThan(4 / Math.sqrt(rounds))
    }
  })

  it('is Poisson when its phases are equal', () => {
    const phases = [
      { perSecond: 40, meanNs: SECOND_NS },
      { perSecond: 40, meanNs: SECOND_NS / 3 },
    ]
    const modulated = allArrivals(createArrivalProcess({ kind: 'mmpp', phases }, arrivalStreams(2), 100 * SECOND_NS))
    const profile = { points: [{ atNs: 0, perSecond: 40 }] }
    const plain = allArrivals(createArrivalProcess({ kind: 'poisson', profile }, arrivalStreams(2), 100 * SECOND_NS))
    expect(modulated.length).toBe(plain.length)
    for (const [index, atNs] of modulated.entries()) expect(Math.abs(atNs - plain[index]!)).toBeLessThanOrEqual(2)
  })

  it('ends when every phase is silent', () => {
    const phases = [{ perSecond: 0, meanNs: 1000 }]
    const process = createArrivalProcess({ kind: 'mmpp', phases }, arrivalStreams(2), SECOND_NS / 1000)
    expect([process.next(), process.next()]).toEqual([Infinity, Infinity])
  })
})

describe('bursty', () => {
  const shape = { factor: 4, share: 0.2, meanBurstNs: 3 * SECOND_NS }

  it('has phases that average to 1, in the ratio and for the share it is given', () => {
    const [calm, burst] = burstPhases(shape)
    expect(burst!.factor / calm!.factor).toBeCloseTo(4, 12)
    expect(burst!.factor * 0.2 + calm!.factor * 0.8).toBeCloseTo(1, 12)
    expect(burst!.meanNs / (burst!.meanNs + calm!.meanNs)).toBeCloseTo(0.2, 12)
    expect(burst!.meanNs).toBe(3 * SECOND_NS)
  })

  it('keeps the mean of its profile and has the index of dispersion of theory', () => {
    const windows = 50_000
    const spec: ArrivalSpec = { kind: 'bursty', profile: { points: [{ atNs: 0, perSecond: 10 }] }, ...shape }
    const { mean, variance } = meanAndVariance(
      windowCounts(createArrivalProcess(spec, arrivalStreams(4), Infinity), 5 * SECOND_NS, windows),
    )
    const calm = 10 / 1.6
    const expected = dispersion([calm, 4 * calm], [1 / 12, 1 / 3], 5)
    expect(expected).toBeGreaterThan(10)
    expect(Math.abs(mean / 5 / 10 - 1)).toBeLessThan(0.02)
    expect(Math.abs(variance / mean / expected - 1)).toBeLessThan(0.06)
  })

  it('follows a changing profile in the mean over many runs', () => {
    const profile = {
      points: [
        { atNs: 0, perSecond: 0 },
        { atNs: 20 * SECOND_NS, perSecond: 100 },
        { atNs: 30 * SECOND_NS, perSecond: 100 },
        { atNs: 40 * SECOND_NS, perSecond: 0 },
      ],
    }
    const spec: ArrivalSpec = { kind: 'bursty', profile, ...shape }
    const runs = 2000
    const counts = new Float64Array(5)
    for (let seed = 0; seed < runs; seed++) {
      windowCounts(createArrivalProcess(spec, arrivalStreams(seed), 50 * SECOND_NS), 10 * SECOND_NS, 5).forEach(
        (count, window) => {
          counts[window] = counts[window]! + count / runs
        },
      )
    }
    for (const [window, count] of counts.entries()) {
      const expected = 10 * profileMean(profile, window * 10 * SECOND_NS, (window + 1) * 10 * SECOND_NS)
      expect(Math.abs(count - expected)).toBeLessThanOrEqual(0.04 * expected)
    }
    expect(arrivalMeanPerSecond(spec, 0, 20 * SECOND_NS)).toBe(50)
  })

  it('draws gaps and phases apart: another phase stream leaves the draws of the gaps alone', () => {
    const spec: ArrivalSpec = { kind: 'bursty', profile: { points: [{ atNs: 0, perSecond: 100 }] }, ...shape }
    const streams = arrivalStreams(1)
    const process = createArrivalProcess(spec, streams, Infinity)
    for (let count = 0; count < 1000; count++) process.next()
    const poisson = arrivalStreams(1)
    const plain = createArrivalProcess({ ...spec, kind: 'poisson' }, poisson, Infinity)
    for (let count = 0; count < 1000; count++) plain.next()
    expect(streams.gaps.nextInt32()).toBe(poisson.gaps.nextInt32())
  })
})
