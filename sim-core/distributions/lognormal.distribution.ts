/** The lognormal distribution. */

import { exp, expm1, log } from '../kernel/deterministic-math.ts'
import type { RandomStream } from '../kernel/random.ts'
import { roundNs } from '../kernel/time.ts'
import { unitNormal } from '../kernel/ziggurat.ts'
import { defineDistribution } from './distribution.ts'
import type { Resolution, Sampler } from './distribution.ts'
import { normalCdf, normalDensity, normalQuantile } from './special-functions.ts'

/** exp of a normal number: median = exp(mu), sigma the standard deviation of the logarithm. */
export interface LognormalSpec {
  readonly type: 'lognormal'
  readonly median: number
  readonly sigma: number
}

/** How many standard deviations of the logarithm the 99th percentile lies above the median. */
const Z99 = normalQuantile(0.99)

class LognormalSampler implements Sampler {
  private readonly median: number
  private readonly sigma: number
  private readonly stream: RandomStream

  constructor({ median, sigma }: LognormalSpec, stream: RandomStream) {
    this.median = median
    this.sigma = sigma
    this.stream = stream
  }

  next(): number {
    return this.median * exp(this.sigma * unitNormal(this.stream))
  }

  drawNs(into: Float64Array, at: number): void {
    into[at] = roundNs(this.median * exp(this.sigma * unitNormal(this.stream)))
  }
}

/** The lognormal distribution. */
export const lognormalDistribution = defineDistribution<LognormalSpec>({
  id: 'lognormal',
  label: 'Lognormal',
  help: 'Many small factors multiplied: the usual shape of service times and object sizes. Give a mean and a p99.',
  source:
    'Lognormal distribution, F(x) = Phi(ln(x / median) / sigma), mean = median * exp(sigma^2 / 2); N. L. Johnson, ' +
    'S. Kotz, N. Balakrishnan, "Continuous Univariate Distributions" 1, 1994, chapter 14. Sampled as median * ' +
    'exp(sigma * Z), Z from the ziggurat of Marsaglia and Tsang 2000.',
  differs: '',
  parameters: [
    { name: 'mean', quantity: 'value', min: 0, exclusiveMin: true, start: 1, help: 'The mean.' },
    { name: 'p99', quantity: 'value', min: 0, exclusiveMin: true, start: 4.5, help: 'The value that 1 % exceed.' },
    { name: 'median', quantity: 'value', min: 0, exclusiveMin: true, start: 0.72, help: 'The value that half exceed.' },
    {
      name: 'sigma',
      quantity: 'number',
      min: 0,
      exclusiveMin: true,
      max: 10,
      start: 0.8,
      help: 'Standard deviation of the logarithm; 0.5 is mild, 2 is wild.',
    },
  ],
  forms: [
    ['mean', 'p99'],
    ['median', 'sigma'],
    ['mean', 'sigma'],
    ['median', 'p99'],
  ],
  resolve(args) {
    const { mean, p99, median, sigma } = args
    if (p99 !== undefined) return mean === undefined ? fromMedianAndP99(median!, p99) : fromMeanAndP99(mean, p99)
    return { spec: { type: 'lognormal', median: median ?? mean! * exp(-0.5 * sigma! * sigma!), sigma: sigma! } }
  },
  create: (spec, stream) => new LognormalSampler(spec, stream),
  mean: ({ median, sigma }) => median * exp(0.5 * sigma * sigma),
  variance({ median, sigma }) {
    const mean = median * exp(0.5 * sigma * sigma)
    return mean * mean * expm1(sigma * sigma)
  },
  cdf: ({ median, sigma }, x) => (x <= 0 ? 0 : normalCdf(log(x / median) / sigma)),
  quantile: ({ median, sigma }, p) => (p <= 0 ? 0 : median * exp(sigma * normalQuantile(p))),
  density: ({ median, sigma }, x) => (x <= 0 ? 0 : normalDensity(log(x / median) / sigma) / (sigma * x)),
})

/** From p99 / mean = exp(z sigma - sigma^2 / 2): the smaller root, since the other has a p99 below its p84. */
function fromMeanAndP99(mean: number, p99: number): Resolution<LognormalSpec> {
  if (p99 <= mean) return { problem: 'p99 must be above mean', hint: 'use a constant if the value does not vary' }
  const discriminant = Z99 * Z99 - 2 * log(p99 / mean)
  if (discriminant < 0) {
    const hint = 'use pareto or empirical for a heavier tail, or give median and sigma'
    return { problem: 'p99 of a lognormal cannot exceed 14.97 times its mean', hint }
  }
  const sigma = Z99 - Math.sqrt(discriminant)
  return { spec: { type: 'lognormal', median: mean * exp(-0.5 * sigma * sigma), sigma } }
}

function fromMedianAndP99(median: number, p99: number): Resolution<LognormalSpec> {
  if (p99 <= median) return { problem: 'p99 must be above median', hint: 'use a constant if the value does not vary' }
  return { spec: { type: 'lognormal', median, sigma: log(p99 / median) / Z99 } }
}
