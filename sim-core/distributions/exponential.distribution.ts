/** The exponential distribution. */

import { exp, expm1, log1p } from '../kernel/deterministic-math.ts'
import type { RandomStream } from '../kernel/random.ts'
import { roundNs } from '../kernel/time.ts'
import { drawUnitExponential, unitExponential } from '../kernel/ziggurat.ts'
import type { Sampler } from './distribution.ts'
import { defineDistribution } from './distribution.ts'

/** Memoryless, with that mean. */
export interface ExponentialSpec {
  readonly type: 'exponential'
  readonly mean: number
}

class ExponentialSampler implements Sampler {
  private readonly mean: number
  private readonly stream: RandomStream

  constructor(mean: number, stream: RandomStream) {
    this.mean = mean
    this.stream = stream
  }

  next(): number {
    return this.mean * unitExponential(this.stream)
  }

  drawNs(into: Float64Array, at: number): void {
    drawUnitExponential(this.stream, into, at)
    into[at] = roundNs(this.mean * into[at]!)
  }
}

/** The exponential distribution. */
export const exponentialDistribution = defineDistribution<ExponentialSpec>({
  id: 'exponential',
  label: 'Exponential',
  help: 'Time between independent events; as variable as its mean. The service time of textbook queues.',
  source: 'Exponential distribution, F(x) = 1 - exp(-x / mean); sampled by the ziggurat of Marsaglia and Tsang 2000.',
  differs: '',
  parameters: [{ name: 'mean', quantity: 'value', min: 0, exclusiveMin: true, start: 1, help: 'The mean.' }],
  forms: [['mean']],
  resolve: (args) => ({ spec: { type: 'exponential', mean: args['mean']! } }),
  create: ({ mean }, stream) => new ExponentialSampler(mean, stream),
  mean: ({ mean }) => mean,
  variance: ({ mean }) => mean * mean,
  cdf: ({ mean }, x) => (x <= 0 ? 0 : -expm1(-x / mean)),
  quantile: ({ mean }, p) => -mean * log1p(-p),
  density: ({ mean }, x) => (x < 0 ? 0 : exp(-x / mean) / mean),
})
