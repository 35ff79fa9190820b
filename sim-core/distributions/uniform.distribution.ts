/** The continuous uniform distribution. */

import { defineDistribution, samplerOf } from './distribution.ts'

/** Equally likely anywhere in [min, max). */
export interface UniformSpec {
  readonly type: 'uniform'
  readonly min: number
  readonly max: number
}

/** The continuous uniform distribution. */
export const uniformDistribution = defineDistribution<UniformSpec>({
  id: 'uniform',
  label: 'Uniform',
  help: 'Equally likely anywhere between two bounds: jitter, think times of which only the limits are known.',
  source: 'Continuous uniform distribution, f(x) = 1 / (max - min); sampled by scaling.',
  differs: '',
  parameters: [
    { name: 'min', quantity: 'value', start: 0.5, help: 'Smallest value.' },
    { name: 'max', quantity: 'value', start: 1.5, help: 'Largest value, above min.' },
  ],
  forms: [['min', 'max']],
  resolve(args) {
    const min = args['min']!
    const max = args['max']!
    if (max <= min) return { problem: 'max must be above min', hint: 'swap them, or use a constant' }
    return { spec: { type: 'uniform', min, max } }
  },
  create({ min, max }, stream) {
    const width = max - min
    return samplerOf(() => min + width * stream.nextUnit())
  },
  mean: ({ min, max }) => min + (max - min) / 2,
  variance: ({ min, max }) => ((max - min) * (max - min)) / 12,
  cdf: ({ min, max }, x) => Math.min(1, Math.max(0, (x - min) / (max - min))),
  quantile: ({ min, max }, p) => min + (max - min) * p,
  density: ({ min, max }, x) => (x < min || x > max ? 0 : 1 / (max - min)),
})
