/** A distribution as it was measured: quantiles or a histogram. */

import { exp, expm1, log, log1p } from '../kernel/deterministic-math.ts'
import type { RandomStream } from '../kernel/random.ts'
import { unitExponential } from '../kernel/ziggurat.ts'
import { AliasTable } from './alias-table.ts'
import type { Atom, Distribution, Resolution, Sampler } from './distribution.ts'
import { samplerOf } from './distribution.ts'

/**
 * Points of the distribution function, joined by straight lines; both lists have the same length and do not decrease, and
 * the first probability is 0. Beyond the last point, if its probability is below 1, an exponential tail of that mean.
 */
export interface EmpiricalSpec {
  readonly type: 'empirical'
  readonly probabilities: readonly number[]
  readonly values: readonly number[]
  readonly tailMean: number
}

/** A bucket of a histogram: everything above the one before it, up to and including `upTo`. */
export interface HistogramBucket {
  readonly upTo: number
  readonly weight: number
}

/** What was measured, values in base units. Keys of `quantiles` are percentiles such as p50 and p99.9. */
export type EmpiricalArguments =
  | { readonly quantiles: Readonly<Record<string, number>> }
  | { readonly histogram: readonly HistogramBucket[] }

/** A percentile between p0 and p100, with decimals if wanted. */
const PERCENTILE = /^p(100|\d{1,2}(?:\.\d+)?)$/

/** The empirical distribution. */
export const empiricalDistribution: Distribution<EmpiricalSpec> & {
  /** Problems: no data, keys that are no percentiles, values that are negative or decrease, weights that sum to nothing. */
  resolve(args: EmpiricalArguments): Resolution<EmpiricalSpec>
} = {
  id: 'empirical',
  label: 'Empirical',
  help:
    'What was measured: quantiles (p50, p99.9, ...) or histogram buckets. Straight lines between the points, from zero ' +
    'unless p0 is given; beyond the last quantile the tail is exponential, at the rate of the last two points.',
  source:
    'Piecewise linear distribution function with an exponential tail; A. M. Law, "Simulation Modeling and Analysis", ' +
    '5th ed. 2015, sections 6.2.4 and 8.3.16 (P. Bratley, B. L. Fox, L. E. Schrage, "A Guide to Simulation", 1987, for the ' +
    'tail). Sampled by composition over the pieces (Walker 1977).',
  differs: 'The tail continues the rate of the last piece instead of matching a given mean.',
  resolve: (args) => ('quantiles' in args ? fromQuantiles(args.quantiles) : fromHistogram(args.histogram)),
  create: createEmpiricalSampler,
  mean: (spec) => moment(spec, 1),
  variance(spec) {
    const mean = moment(spec, 1)
    return moment(spec, 2) - mean * mean
  },
  cdf: empiricalCdf,
  quantile: empiricalQuantile,
  density: empiricalDensity,
  atoms: empiricalAtoms,
}

function fromQuantiles(quantiles: Readonly<Record<string, number>>): Resolution<EmpiricalSpec> {
  const names = Object.keys(quantiles)
  if (names.length === 0) return { problem: 'there are no quantiles', hint: 'give at least one, such as p50' }
  const unknown = names.find((name) => !PERCENTILE.test(name))
  if (unknown !== undefined) {
    return { problem: `${unknown} is not a percentile`, hint: 'percentiles are written p50, p99 or p99.9' }
  }
  const points = names
    .map((name) => ({ probability: Number(name.slice(1)) / 100, value: quantiles[name]! }))
    .sort((a, b) => a.probability - b.probability)
  if (points[0]!.probability > 0) points.unshift({ probability: 0, value: 0 })
  if (points.length < 2) return { problem: 'p0 alone is no distribution', hint: 'add p50, or use a constant' }
  const values = points.map((point) => point.value)
  const problem = valueProblem(values)
  if (problem !== undefined) return problem
  const probabilities = points.map((point) => point.probability)
  return { spec: { type: 'empirical', probabilities, values, tailMean: tailMeanOf(probabilities, values) } }
}

/** Mean of the tail that gives the last piece the probability it has: width / ln of the ratio of what lies beyond its ends. */
function tailMeanOf(probabilities: readonly number[], values: readonly number[]): number {
  const last = probabilities.at(-1)!
  if (last >= 1) return 0
  return (values.at(-1)! - values.at(-2)!) / log((1 - probabilities.at(-2)!) / (1 - last))
}

function fromHistogram(histogram: readonly HistogramBucket[]): Resolution<EmpiricalSpec> {
  if (histogram.length === 0) return { problem: 'the histogram has no buckets', hint: 'give at least one' }
  const values = [0, ...histogram.map((bucket) => bucket.upTo)]
  const problem = valueProblem(values)
  if (problem !== undefined) return problem
  if (histogram.some(({ weight }) => !(weight >= 0 && weight < Infinity))) {
    return { problem: 'a weight must be a finite number of at least 0', hint: 'give counts or shares' }
  }
  const total = histogram.reduce((sum, bucket) => sum + bucket.weight, 0)
  if (!(total > 0 && total < Infinity)) return { problem: 'the weights sum to nothing', hint: 'give counts or shares' }
  let below = 0
  const probabilities = [0]
  for (const bucket of histogram) {
    below += bucket.weight
    probabilities.push(below / total)
  }
  return { spec: { type: 'empirical', probabilities, values, tailMean: 0 } }
}

function valueProblem(values: readonly number[]): { problem: string; hint: string } | undefined {
  if (values.some((value) => !(value >= 0 && value < Infinity))) {
    return { problem: 'a value must be a finite number of at least 0', hint: 'drop an open last bucket' }
  }
  if (values.some((value, index) => index > 0 && value < values[index - 1]!)) {
    return { problem: 'the values must not decrease', hint: 'a higher percentile or bucket has a higher value' }
  }
  return undefined
}

/** Probability of the tail beyond the last point. */
function tailMass(spec: EmpiricalSpec): number {
  return 1 - spec.probabilities.at(-1)!
}

function createEmpiricalSampler(spec: EmpiricalSpec, stream: RandomStream): Sampler {
  const { tailMean } = spec
  const pieces = spec.probabilities.length - 1
  const starts = Float64Array.from(spec.values)
  const masses = new Float64Array(pieces + 1)
  for (let piece = 0; piece < pieces; piece++) {
    masses[piece] = spec.probabilities[piece + 1]! - spec.probabilities[piece]!
  }
  masses[pieces] = tailMass(spec)
  const table = new AliasTable(masses)
  return samplerOf(() => {
    const piece = table.next(stream)
    const start = starts[piece]!
    if (piece === pieces) return start + tailMean * unitExponential(stream)
    return start + (starts[piece + 1]! - start) * stream.nextUnit()
  })
}

/** E[X] or E[X^2]: pieces are uniform, the tail is the last value plus an exponential. */
function moment(spec: EmpiricalSpec, order: 1 | 2): number {
  const { probabilities, values, tailMean } = spec
  let sum = 0
  for (let piece = 0; piece < probabilities.length - 1; piece++) {
    const a = values[piece]!
    const b = values[piece + 1]!
    const mass = probabilities[piece + 1]! - probabilities[piece]!
    sum += mass * (order === 1 ? (a + b) / 2 : (a * a + a * b + b * b) / 3)
  }
  const last = values.at(-1)!
  const tail = order === 1 ? last + tailMean : last * last + 2 * tailMean * (last + tailMean)
  return sum + tailMass(spec) * tail
}

function empiricalCdf({ probabilities, values, tailMean }: EmpiricalSpec, x: number): number {
  const last = values.length - 1
  const lastProbability = probabilities[last]!
  if (x >= values[last]!) {
    // A tail of no width holds its whole mass at the last value.
    if (tailMean === 0) return 1
    return lastProbability - (1 - lastProbability) * expm1(-(x - values[last]!) / tailMean)
  }
  let upper = 0
  while (values[upper]! <= x) upper++
  if (upper === 0) return 0
  const from = values[upper - 1]!
  const share = (x - from) / (values[upper]! - from)
  return probabilities[upper - 1]! + share * (probabilities[upper]! - probabilities[upper - 1]!)
}

function empiricalQuantile({ probabilities, values, tailMean }: EmpiricalSpec, p: number): number {
  const last = values.length - 1
  const lastProbability = probabilities[last]!
  if (p > lastProbability) {
    return tailMean === 0
      ? values[last]!
      : values[last]! - tailMean * log1p(-(p - lastProbability) / (1 - lastProbability))
  }
  // Past pieces without mass at the start, so that p = 0 gives the smallest possible value.
  let upper = 1
  while (upper < last && (probabilities[upper]! < p || probabilities[upper] === 0)) upper++
  const mass = probabilities[upper]! - probabilities[upper - 1]!
  const share = mass === 0 ? 1 : (p - probabilities[upper - 1]!) / mass
  return values[upper - 1]! + share * (values[upper]! - values[upper - 1]!)
}

/** The slope of the distribution function, from the right; what has no width is an atom. */
function empiricalDensity(spec: EmpiricalSpec, x: number): number {
  const { probabilities, values, tailMean } = spec
  const last = values.at(-1)!
  if (x >= last) return tailMean === 0 ? 0 : (tailMass(spec) / tailMean) * exp(-(x - last) / tailMean)
  const upper = values.findIndex((value) => value > x)
  if (upper <= 0) return 0
  return (probabilities[upper]! - probabilities[upper - 1]!) / (values[upper]! - values[upper - 1]!)
}

/** Points at which the distribution function jumps. */
function empiricalAtoms(spec: EmpiricalSpec): readonly Atom[] {
  const { probabilities, values, tailMean } = spec
  const jumps = new Map<number, number>()
  const add = (value: number, probability: number): void => {
    if (probability > 0) jumps.set(value, (jumps.get(value) ?? 0) + probability)
  }
  for (let piece = 1; piece < values.length; piece++) {
    if (values[piece] === values[piece - 1]) add(values[piece]!, probabilities[piece]! - probabilities[piece - 1]!)
  }
  if (tailMean === 0) add(values.at(-1)!, tailMass(spec))
  return [...jumps].map(([value, probability]) => ({ value, probability }))
}
