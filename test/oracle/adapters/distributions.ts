// Runs the distribution and Zipf cases against the production distributions: closed forms and what their samplers draw.
import type { DistributionSpec } from '../../../sim-core/distributions/registry.ts'
import {
  PARAMETRIC_DISTRIBUTIONS,
  createSampler,
  distributionMean,
  distributionVariance,
} from '../../../sim-core/distributions/registry.ts'
import { createZipf, generalizedHarmonic, zipfPmf } from '../../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { type OracleAdapters, type OracleOutcome, absolutely, allOf, failure, relatively } from '../oracle-case.ts'
import { numberOf, recordOf, textOf } from './case-fields.ts'

/** What statistics.json states: closed forms, and quantiles. */
const CLOSED_FORM_TOLERANCE = 1e-9
const QUANTILE_TOLERANCE = 1e-7

/** Probabilities are printed to 12 digits; those near 0 or 1 are compared by difference. */
const PROBABILITY_TOLERANCE = 1e-9

const DRAWS = 200_000

/** Standard errors that drawn shares and means may be off: fixed seeds, so a correct sampler always passes. */
const SCORE_MAX = 5

/** Draws needed in a cell before its share is judged, and a cell's share of draws is near normal. */
const CELL_MIN = 20

/** Names that the cases use and a definition of ours does not; a value is translated, never a distribution. */
const RENAMED: Readonly<Record<string, (params: Readonly<Record<string, number>>) => Record<string, number>>> = {
  lognormal: ({ mu, sigma, ...others }) =>
    mu === undefined || sigma === undefined ? { ...others } : { ...others, median: Math.exp(mu), sigma },
}

/** Adapters of the distribution cases in the statistics family, keyed by kind. */
export const distributionAdapters: OracleAdapters = {
  distribution: (testCase) => {
    const id = textOf(testCase, 'distribution')
    const params = numbersByName(recordOf(testCase, 'params'))
    const definition = PARAMETRIC_DISTRIBUTIONS.find((candidate) => candidate.id === id)
    if (definition === undefined) return failure(`a distribution ${id}`, 'not offered')
    const resolution = definition.resolve(RENAMED[id]?.(params) ?? params)
    if ('problem' in resolution) return failure(`a distribution ${id}`, resolution.problem)
    const { spec } = resolution
    const expected = recordOf(testCase, 'expected')
    const quantiles = numbersByName(recordOf(expected, 'quantiles'))
    const cdf = numbersByName(recordOf(expected, 'cdf'))
    const moments = { mean: numberOf(expected, 'mean'), variance: numberOf(expected, 'variance') }
    return allOf([
      relatively(moments, { mean: definition.mean(spec), variance: definition.variance(spec) }, CLOSED_FORM_TOLERANCE),
      relatively(
        quantiles,
        atKeys(quantiles, (p) => definition.quantile(spec, p)),
        QUANTILE_TOLERANCE,
      ),
      absolutely(
        cdf,
        atKeys(cdf, (x) => definition.cdf(spec, x)),
        PROBABILITY_TOLERANCE,
      ),
      ...drawnOutcomes(spec, quantiles, cdf),
    ])
  },

  zipf_pmf: (testCase) => {
    const count = numberOf(testCase, 'n')
    const exponent = numberOf(testCase, 'alpha')
    const expected = recordOf(testCase, 'expected')
    const pmf = numbersByName(recordOf(expected, 'pmf'))
    const harmonic = generalizedHarmonic(count, exponent)
    // A tenth of the keys, and the share of requests that they get.
    const top = generalizedHarmonic(Math.floor(count / 10), exponent) / harmonic
    return allOf([
      relatively(
        pmf,
        atKeys(pmf, (rank) => zipfPmf(count, exponent, rank - 1)),
        CLOSED_FORM_TOLERANCE,
      ),
      relatively(
        { H: numberOf(expected, 'H'), top10pct: numberOf(expected, 'top10pct') },
        { H: harmonic, top10pct: top },
        CLOSED_FORM_TOLERANCE,
      ),
      drawnRanks(count, exponent, pmf),
    ])
  },
}

function numbersByName(record: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(record).map((name) => [name, numberOf(record, name)]))
}

/** A function at every number that `expected` has as a key. */
function atKeys(expected: Readonly<Record<string, number>>, f: (x: number) => number): Record<string, number> {
  return Object.fromEntries(Object.keys(expected).map((key) => [key, f(Number(key))]))
}

/** What the production sampler draws: its mean, and the share below each expected quantile and cdf point. */
function drawnOutcomes(
  spec: DistributionSpec,
  quantiles: Readonly<Record<string, number>>,
  cdf: Readonly<Record<string, number>>,
): OracleOutcome[] {
  const sampler = createSampler(spec, new RandomStreams(1, 0).stream('oracle/distribution'))
  const values = Float64Array.from({ length: DRAWS }, () => sampler.next()).sort()
  const points = [
    ...Object.entries(quantiles).map(([p, x]) => ({ p: Number(p), x })),
    ...Object.entries(cdf).map(([x, p]) => ({ p, x: Number(x) })),
  ]
  const shares = points
    .filter(({ p }) => Math.min(p, 1 - p) * DRAWS >= CELL_MIN)
    .map(({ p, x }) => score(p, countUpTo(values, x) / DRAWS, Math.sqrt((p * (1 - p)) / DRAWS)))
  const deviation = Math.sqrt(distributionVariance(spec) / DRAWS)
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  return deviation > 0 ? [...shares, score(distributionMean(spec), mean, deviation)] : shares
}

/** How many of the sorted values are at most x. */
function countUpTo(sorted: Float64Array, x: number): number {
  const next = sorted.findIndex((value) => value > x)
  return next < 0 ? sorted.length : next
}

/** Ranks drawn through the production table, as shares of the expected probabilities. */
function drawnRanks(count: number, exponent: number, pmf: Readonly<Record<string, number>>): OracleOutcome {
  const sampler = createZipf(count, exponent, new RandomStreams(1, 0).stream('oracle/zipf'))
  const counts = new Float64Array(count)
  for (let draw = 0; draw < DRAWS; draw++) counts[sampler.next()]!++
  return allOf(
    Object.entries(pmf).map(([rank, p]) =>
      score(p, counts[Number(rank) - 1]! / DRAWS, Math.sqrt((p * (1 - p)) / DRAWS)),
    ),
  )
}

/** An estimate judged by its distance in standard errors. */
function score(expected: number, got: number, standardError: number): OracleOutcome {
  const error = Math.abs(got - expected) / standardError
  return { pass: error <= SCORE_MAX, error, tolerance: SCORE_MAX, expected: String(expected), got: String(got) }
}
