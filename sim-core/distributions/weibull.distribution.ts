/** The Weibull distribution. */

import { exp, expm1, log, log1p, logGamma, pow } from '../kernel/deterministic-math.ts'
import { unitExponential } from '../kernel/ziggurat.ts'
import { defineDistribution, samplerOf } from './distribution.ts'

/** Weibull with that shape (a plain number) and scale. */
export interface WeibullSpec {
  readonly type: 'weibull'
  readonly shape: number
  readonly scale: number
}

/** Gamma(1 + order / shape), the moment of that order at scale 1. */
function unitMoment(shape: number, order: number): number {
  return exp(logGamma(1 + order / shape))
}

/** The Weibull distribution. */
export const weibullDistribution = defineDistribution<WeibullSpec>({
  id: 'weibull',
  label: 'Weibull',
  help: 'Time to failure: a shape below 1 fails early, 1 is exponential, above 1 wears out.',
  source:
    'W. Weibull, "A Statistical Distribution Function of Wide Applicability", J. Appl. Mech. 18, 1951: ' +
    'F(x) = 1 - exp(-(x / scale)^shape); sampled as scale * E^(1 / shape) with E exponential.',
  differs: '',
  parameters: [
    {
      name: 'shape',
      quantity: 'number',
      min: 0.05,
      start: 1.5,
      help: 'Shape, at least 0.05: 1 is exponential, higher steadier.',
    },
    {
      name: 'scale',
      quantity: 'value',
      min: 0,
      exclusiveMin: true,
      start: 1.1,
      help: 'Scale: the value that 36.8 % exceed.',
    },
    { name: 'mean', quantity: 'value', min: 0, exclusiveMin: true, start: 1, help: 'The mean.' },
  ],
  forms: [
    ['shape', 'scale'],
    ['mean', 'shape'],
  ],
  resolve({ shape, scale, mean }) {
    return { spec: { type: 'weibull', shape: shape!, scale: scale ?? mean! / unitMoment(shape!, 1) } }
  },
  create({ shape, scale }, stream) {
    const power = 1 / shape
    return samplerOf(() => scale * exp(power * log(unitExponential(stream))))
  },
  mean: ({ shape, scale }) => scale * unitMoment(shape, 1),
  variance({ shape, scale }) {
    const mean = unitMoment(shape, 1)
    return scale * scale * (unitMoment(shape, 2) - mean * mean)
  },
  cdf: ({ shape, scale }, x) => (x <= 0 ? 0 : -expm1(-pow(x / scale, shape))),
  quantile: ({ shape, scale }, p) => scale * pow(-log1p(-p), 1 / shape),
  density({ shape, scale }, x) {
    if (x < 0) return 0
    const relative = x / scale
    if (relative === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0
    return (shape / scale) * pow(relative, shape - 1) * exp(-pow(relative, shape))
  },
})
