// The density of every registered distribution: what the distribution function rises by, and a mean that agrees.
import { describe, expect, it } from 'vitest'
import jstat from 'jstat'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import { DISTRIBUTIONS, distributionMean, distributionOf } from '../../sim-core/distributions/registry.ts'
import { readDistribution } from '../../sim-core/language/distribution-text.ts'

const { jStat } = jstat

function specOf(input: unknown): DistributionSpec {
  const reading = readDistribution(input, 'number')
  if ('complaint' in reading) throw new Error(reading.complaint.message)
  return reading.value
}

const INPUTS: readonly unknown[] = [
  'constant(3)',
  'uniform(1, 4)',
  'exponential(2)',
  'erlang(4, 6)',
  'erlang(k 1, mean 6)',
  'gamma(0.7, 2)',
  'gamma(3, 2)',
  'lognormal(mean 2, p99 9)',
  'weibull(0.8, 2)',
  'weibull(2.5, 2)',
  'pareto(1.5, 1, 1000)',
  'pareto(alpha 3.5, min 1)',
  'hyperexponential(2, 3)',
  'normal(5, 2)',
  'triangular(1, 2, 6)',
  'triangular(1, 1, 6)',
  { empirical: { quantiles: { p50: 2, p90: 5, p99: 9 } } },
  { empirical: { quantiles: { p0: 1, p50: 2, p80: 2, p100: 9 } } },
  {
    empirical: {
      histogram: [
        { up_to: 1, weight: 70 },
        { up_to: 4, weight: 30 },
      ],
    },
  },
  {
    mixture: [
      { weight: '80%', of: 2 },
      { weight: '20%', of: 'exponential(50)' },
    ],
  },
  {
    mixture: [
      { weight: 1, of: 'uniform(1, 2)' },
      { weight: 0, of: 7 },
      { weight: 1, of: 'normal(9, 1)' },
    ],
  },
]

/** Nodes and weights of Gauss-Legendre quadrature with five points on -1..1. */
const NODES = [0, -0.5384693101056831, 0.5384693101056831, -0.906179845938664, 0.906179845938664]
const WEIGHTS = [0.5688888888888889, 0.47862867049936647, 0.47862867049936647, 0.23692688505618908, 0.23692688505618908]

function integral(f: (x: number) => number, from: number, to: number): number {
  const half = (to - from) / 2
  return half * NODES.reduce((sum, node, index) => sum + WEIGHTS[index]! * f(from + half * (1 + node)), 0)
}

/** Ends of pieces over which a density is smooth: its quantiles, dense towards both ends, and where it may have corners. */
function pieceEnds(spec: DistributionSpec): number[] {
  const definition = distributionOf(spec)
  const quantile = (p: number): number => definition.quantile(spec, p)
  const tails = Array.from({ length: 120 }, (_, index) => 10 ** (-12 + index / 10)).filter((p) => p < 0.01)
  const middle = Array.from({ length: 199 }, (_, index) => (index + 1) / 200)
  const ends = [0, ...tails, ...middle, ...tails.map((p) => 1 - p), 1].map(quantile)
  const corners = [1, 2, 4, 5, 6, 9]
  const finite = [...ends, ...corners].filter(Number.isFinite)
  const least = Math.min(...ends.filter(Number.isFinite))
  return [...new Set(finite)].filter((x) => x >= least).sort((a, b) => a - b)
}

function overAll(spec: DistributionSpec, weight: (x: number) => number): number {
  const definition = distributionOf(spec)
  const ends = pieceEnds(spec)
  const smooth = ends
    .slice(1)
    .reduce((sum, to, index) => sum + integral((x) => weight(x) * definition.density(spec, x), ends[index]!, to), 0)
  const jumps = definition.atoms?.(spec) ?? []
  return jumps.reduce((sum, { value, probability }) => sum + probability * weight(value), smooth)
}

describe.each(INPUTS.map((input) => ({ name: JSON.stringify(input), spec: specOf(input) })))('$name', ({ spec }) => {
  it('has a whole of 1 and the exact mean', () => {
    expect(overAll(spec, () => 1)).toBeCloseTo(1, 4)
    expect(overAll(spec, (x) => x) / distributionMean(spec)).toBeCloseTo(1, 3)
  })

  it('is nothing outside the support, and never negative', () => {
    const definition = distributionOf(spec)
    const least = Math.max(definition.quantile(spec, 0), -1e9)
    expect(definition.density(spec, least - 1)).toBe(0)
    for (const p of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      expect(definition.density(spec, definition.quantile(spec, p))).toBeGreaterThanOrEqual(0)
    }
  })
})

it('covers every registered distribution', () => {
  const tested = new Set(INPUTS.map((input) => specOf(input).type))
  expect(DISTRIBUTIONS.map(({ id }) => id).filter((id) => !tested.has(id as DistributionSpec['type']))).toEqual([])
})

it('agrees with jStat', () => {
  const density = (input: string, x: number): number => {
    const spec = specOf(input)
    return distributionOf(spec).density(spec, x)
  }
  for (const x of [0.3, 1, 2.5, 7]) {
    expect(density('gamma(0.7, 2)', x)).toBeCloseTo(jStat.gamma.pdf(x, 0.7, 2), 12)
    expect(density('weibull(2.5, 2)', x)).toBeCloseTo(jStat.weibull.pdf(x, 2, 2.5), 12)
    expect(density('normal(5, 2)', x)).toBeCloseTo(jStat.normal.pdf(x, 5, 2), 12)
    expect(density('lognormal(median 2, sigma 0.8)', x)).toBeCloseTo(jStat.lognormal.pdf(x, Math.log(2), 0.8), 12)
    expect(density('triangular(1, 2, 6)', x)).toBeCloseTo(jStat.triangular.pdf(x, 1, 6, 2), 12)
  }
})
