/** The hyperexponential distribution of two phases. */

import { exp, expm1 } from '../kernel/deterministic-math.ts'
import { unitExponential } from '../kernel/ziggurat.ts'
import { invertCdf } from './cdf-inversion.ts'
import { defineDistribution, samplerOf } from './distribution.ts'

/** Exponential of mean1 with probability p1, else exponential of mean2. */
export interface HyperexponentialSpec {
  readonly type: 'hyperexponential'
  readonly p1: number
  readonly mean1: number
  readonly mean2: number
}

function cdf({ p1, mean1, mean2 }: HyperexponentialSpec, x: number): number {
  return x <= 0 ? 0 : -p1 * expm1(-x / mean1) - (1 - p1) * expm1(-x / mean2)
}

/** The hyperexponential distribution. */
export const hyperexponentialDistribution = defineDistribution<HyperexponentialSpec>({
  id: 'hyperexponential',
  label: 'Hyperexponential',
  help: 'Either a fast or a slow exponential: more variable than exponential, as when hits and misses are mixed.',
  source:
    'H2 distribution, F(x) = p1 (1 - exp(-x / mean1)) + (1 - p1) (1 - exp(-x / mean2)); from mean and coefficient of ' +
    'variation c by balanced means, p1 = (1 + sqrt((c^2 - 1) / (c^2 + 1))) / 2, mean1 = mean / (2 p1); W. Whitt, ' +
    '"Approximating a Point Process by a Renewal Process", Oper. Res. 30(1), 1982, section 3.',
  differs: '',
  parameters: [
    { name: 'mean', quantity: 'value', min: 0, exclusiveMin: true, start: 1, help: 'The mean.' },
    { name: 'cv', quantity: 'number', min: 1, start: 2, help: 'Standard deviation over mean, at least 1.' },
    { name: 'p1', quantity: 'probability', min: 0, max: 1, start: 0.8, help: 'Probability of the first phase.' },
    { name: 'mean1', quantity: 'value', min: 0, exclusiveMin: true, start: 0.5, help: 'Mean of the first phase.' },
    { name: 'mean2', quantity: 'value', min: 0, exclusiveMin: true, start: 3, help: 'Mean of the second phase.' },
  ],
  forms: [
    ['mean', 'cv'],
    ['p1', 'mean1', 'mean2'],
  ],
  resolve({ mean, cv, p1, mean1, mean2 }) {
    if (mean === undefined) {
      return { spec: { type: 'hyperexponential', p1: p1!, mean1: mean1!, mean2: mean2! } }
    }
    const square = cv! * cv!
    const fast = 0.5 * (1 + Math.sqrt((square - 1) / (square + 1)))
    return {
      spec: { type: 'hyperexponential', p1: fast, mean1: mean / (2 * fast), mean2: mean / (2 * (1 - fast)) },
    }
  },
  create: ({ p1, mean1, mean2 }, stream) =>
    samplerOf(() => (stream.nextUnit() < p1 ? mean1 : mean2) * unitExponential(stream)),
  mean: ({ p1, mean1, mean2 }) => p1 * mean1 + (1 - p1) * mean2,
  variance({ p1, mean1, mean2 }) {
    const gap = mean1 - mean2
    return p1 * mean1 * mean1 + (1 - p1) * mean2 * mean2 + p1 * (1 - p1) * gap * gap
  },
  cdf,
  quantile(spec, p) {
    if (p <= 0) return 0
    if (p >= 1) return Infinity
    return invertCdf((x) => cdf(spec, x), p, Math.max(spec.mean1, spec.mean2))
  },
  density({ p1, mean1, mean2 }, x) {
    return x < 0 ? 0 : (p1 / mean1) * exp(-x / mean1) + ((1 - p1) / mean2) * exp(-x / mean2)
  },
})
