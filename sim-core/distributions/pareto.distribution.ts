/** The Pareto distribution, bounded or not. */

import { exp, expm1, log, log1p, pow } from '../kernel/deterministic-math.ts'
import { unitExponential } from '../kernel/ziggurat.ts'
import { defineDistribution, samplerOf } from './distribution.ts'

/** Power law above `min`, cut at `max` where that is given. */
export interface ParetoSpec {
  readonly type: 'pareto'
  readonly alpha: number
  readonly min: number
  readonly max?: number
}

/** ln(min / max); minus infinity without a bound. */
function logRatio({ min, max }: ParetoSpec): number {
  return max === undefined ? -Infinity : log(min / max)
}

/** Probability that the unbounded distribution lies below `max`. */
function massBelowMax(spec: ParetoSpec): number {
  return -expm1(spec.alpha * logRatio(spec))
}

/** E[(x / min)^order] = alpha / mass * (1 - r^c) / c with c = alpha - order and r = min / max; -ln r where c = 0. */
function relativeMoment(spec: ParetoSpec, order: number): number {
  const c = spec.alpha - order
  const ratio = logRatio(spec)
  if (ratio === -Infinity) return c > 0 ? spec.alpha / c : Infinity
  const integral = c === 0 ? -ratio : -expm1(c * ratio) / c
  return (spec.alpha * integral) / massBelowMax(spec)
}

/** The Pareto distribution. */
export const paretoDistribution = defineDistribution<ParetoSpec>({
  id: 'pareto',
  label: 'Pareto',
  help: 'A heavy tail: a few values carry most of the sum. Give a max, as real sizes and times have one.',
  source:
    'Pareto distribution, F(x) = 1 - (min / x)^alpha, bounded: divided by 1 - (min / max)^alpha; M. Harchol-Balter, ' +
    '"Performance Modeling and Design of Computer Systems", 2013, chapter 20. Sampled by inversion, unbounded as ' +
    'min * exp(E / alpha) with E exponential.',
  differs: '',
  parameters: [
    {
      name: 'alpha',
      quantity: 'number',
      min: 0.01,
      start: 2.5,
      help: 'Tail index, at least 0.01: the smaller, the heavier.',
    },
    { name: 'min', quantity: 'value', min: 0, exclusiveMin: true, start: 0.6, help: 'Smallest value.' },
    { name: 'max', quantity: 'value', min: 0, exclusiveMin: true, start: 100, help: 'Largest value, above min.' },
  ],
  forms: [
    ['alpha', 'min', 'max'],
    ['alpha', 'min'],
  ],
  resolve(args) {
    const alpha = args['alpha']!
    const min = args['min']!
    const max = args['max']
    if (max !== undefined && max <= min)
      return { problem: 'max must be above min', hint: 'swap them, or use a constant' }
    if (max === undefined && alpha <= 1) {
      return { problem: 'without a max the mean is infinite unless alpha is above 1', hint: 'give a max' }
    }
    return { spec: max === undefined ? { type: 'pareto', alpha, min } : { type: 'pareto', alpha, min, max } }
  },
  create(spec, stream) {
    const { min } = spec
    const power = 1 / spec.alpha
    if (spec.max === undefined) return samplerOf(() => min * exp(power * unitExponential(stream)))
    const mass = massBelowMax(spec)
    return samplerOf(() => min * exp(-power * log(1 - mass * stream.nextOpenUnit())))
  },
  mean: (spec) => spec.min * relativeMoment(spec, 1),
  variance(spec) {
    const mean = relativeMoment(spec, 1)
    return spec.min * spec.min * (relativeMoment(spec, 2) - mean * mean)
  },
  cdf(spec, x) {
    if (x <= spec.min) return 0
    if (spec.max !== undefined && x >= spec.max) return 1
    return (1 - pow(spec.min / x, spec.alpha)) / massBelowMax(spec)
  },
  quantile(spec, p) {
    if (p >= 1) return spec.max ?? Infinity
    return spec.min * exp(-log1p(-p * massBelowMax(spec)) / spec.alpha)
  },
  density(spec, x) {
    if (x < spec.min || (spec.max !== undefined && x > spec.max)) return 0
    return (spec.alpha * pow(spec.min / x, spec.alpha)) / (x * massBelowMax(spec))
  },
})
