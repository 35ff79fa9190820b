/** The gamma distribution. */

import { exp, log, logGamma } from '../kernel/deterministic-math.ts'
import type { RandomStream } from '../kernel/random.ts'
import { unitExponential, unitNormal } from '../kernel/ziggurat.ts'
import { invertCdf } from './cdf-inversion.ts'
import { defineDistribution, samplerOf } from './distribution.ts'
import type { Sampler } from './distribution.ts'
import { regularizedGammaP } from './special-functions.ts'

/** Gamma with that shape (a plain number) and scale. */
export interface GammaSpec {
  readonly type: 'gamma'
  readonly shape: number
  readonly scale: number
}

/** Below this a draw accepts at once, without a logarithm: u < 1 - 0.0331 x^4. */
const SQUEEZE = 0.0331

/** One gamma number of scale 1 with d = shape - 1/3 and c = 1 / sqrt(9 d), for shape >= 1. */
function unitGamma(stream: RandomStream, d: number, c: number): number {
  for (;;) {
    const x = unitNormal(stream)
    const root = 1 + c * x
    if (root <= 0) continue
    const v = root * root * root
    const u = stream.nextOpenUnit()
    const square = x * x
    if (u < 1 - SQUEEZE * square * square) return d * v
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v
  }
}

/** A sampler of gamma numbers for any positive shape. */
export function createGammaSampler(shape: number, scale: number, stream: RandomStream): Sampler {
  const raisedShape = shape < 1 ? shape + 1 : shape
  const d = raisedShape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  if (shape >= 1) return samplerOf(() => scale * unitGamma(stream, d, c))
  // Gamma(shape) = Gamma(shape + 1) * U^(1 / shape), and -ln U is exponential.
  return samplerOf(() => scale * unitGamma(stream, d, c) * exp(-unitExponential(stream) / shape))
}

/** The gamma distribution. */
export const gammaDistribution = defineDistribution<GammaSpec>({
  id: 'gamma',
  label: 'Gamma',
  help: 'Skewed with a light tail; a shape above 1 is steadier than exponential, below 1 burstier.',
  source:
    'Gamma distribution, F(x) = P(shape, x / scale). Sampled after G. Marsaglia, W. W. Tsang, "A Simple Method for ' +
    'Generating Gamma Variables", ACM Trans. Math. Softw. 26(3), 2000: v = (1 + c x)^3, accept if ' +
    'ln u < x^2 / 2 + d - d v + d ln v.',
  differs: 'The power of U below shape 1 is exp of an exponential.',
  parameters: [
    {
      name: 'shape',
      quantity: 'number',
      min: 0,
      exclusiveMin: true,
      start: 2,
      help: 'Shape: 1 is exponential, higher steadier.',
    },
    {
      name: 'scale',
      quantity: 'value',
      min: 0,
      exclusiveMin: true,
      start: 0.5,
      help: 'Scale: the mean divided by the shape.',
    },
    { name: 'mean', quantity: 'value', min: 0, exclusiveMin: true, start: 1, help: 'The mean.' },
  ],
  forms: [
    ['shape', 'scale'],
    ['mean', 'shape'],
  ],
  resolve({ shape, scale, mean }) {
    return { spec: { type: 'gamma', shape: shape!, scale: scale ?? mean! / shape! } }
  },
  create: ({ shape, scale }, stream) => createGammaSampler(shape, scale, stream),
  mean: ({ shape, scale }) => shape * scale,
  variance: ({ shape, scale }) => shape * scale * scale,
  cdf: ({ shape, scale }, x) => regularizedGammaP(shape, x / scale),
  quantile: ({ shape, scale }, p) => gammaQuantile(shape, scale, p),
  density: ({ shape, scale }, x) => gammaDensity(shape, scale, x),
})

/** Density of a gamma distribution: (x / scale)^(shape - 1) e^(-x / scale) / (scale Gamma(shape)). */
export function gammaDensity(shape: number, scale: number, x: number): number {
  if (x < 0) return 0
  const relative = x / scale
  if (relative === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0
  return exp((shape - 1) * log(relative) - relative - logGamma(shape)) / scale
}

/** Quantile of a gamma distribution. */
export function gammaQuantile(shape: number, scale: number, p: number): number {
  if (p <= 0) return 0
  if (p >= 1) return Infinity
  return scale * invertCdf((x) => regularizedGammaP(shape, x), p, shape)
}
