/** The normal distribution. */

import { unitNormal } from '../kernel/ziggurat.ts'
import { defineDistribution, samplerOf } from './distribution.ts'
import { normalCdf, normalDensity, normalQuantile } from './special-functions.ts'

/** Normal with that mean and standard deviation; some values may be negative. */
export interface NormalSpec {
  readonly type: 'normal'
  readonly mean: number
  readonly sd: number
}

/** The normal distribution. */
export const normalDistribution = defineDistribution<NormalSpec>({
  id: 'normal',
  label: 'Normal',
  help: 'Symmetric about its mean, and below zero now and then: for times and sizes prefer lognormal or gamma.',
  source: 'Normal distribution, F(x) = Phi((x - mean) / sd); sampled by the ziggurat of Marsaglia and Tsang 2000.',
  differs: '',
  parameters: [
    { name: 'mean', quantity: 'value', start: 1, help: 'The mean.' },
    { name: 'sd', quantity: 'value', min: 0, exclusiveMin: true, start: 0.2, help: 'The standard deviation.' },
  ],
  forms: [['mean', 'sd']],
  resolve: (args) => ({ spec: { type: 'normal', mean: args['mean']!, sd: args['sd']! } }),
  create: ({ mean, sd }, stream) => samplerOf(() => mean + sd * unitNormal(stream)),
  mean: ({ mean }) => mean,
  variance: ({ sd }) => sd * sd,
  cdf: ({ mean, sd }, x) => normalCdf((x - mean) / sd),
  quantile: ({ mean, sd }, p) => mean + sd * normalQuantile(p),
  density: ({ mean, sd }, x) => normalDensity((x - mean) / sd) / sd,
})
