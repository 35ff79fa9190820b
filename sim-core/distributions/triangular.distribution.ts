/** The triangular distribution. */

import { defineDistribution, samplerOf } from './distribution.ts'

/** Between min and max, most likely at mode. */
export interface TriangularSpec {
  readonly type: 'triangular'
  readonly min: number
  readonly mode: number
  readonly max: number
}

/** The triangular distribution. */
export const triangularDistribution = defineDistribution<TriangularSpec>({
  id: 'triangular',
  label: 'Triangular',
  help: 'Guessed by an expert: the least, the most likely and the largest value.',
  source:
    'Triangular distribution, F(x) = (x - min)^2 / ((max - min) (mode - min)) up to the mode; S. Kotz, J. R. van Dorp, ' +
    '"Beyond Beta", 2004, chapter 1. Sampled by inversion.',
  differs: '',
  parameters: [
    { name: 'min', quantity: 'value', start: 0.5, help: 'Smallest value.' },
    { name: 'mode', quantity: 'value', start: 0.9, help: 'Most likely value, from min to max.' },
    { name: 'max', quantity: 'value', start: 1.6, help: 'Largest value, above min.' },
  ],
  forms: [['min', 'mode', 'max']],
  resolve(args) {
    const min = args['min']!
    const mode = args['mode']!
    const max = args['max']!
    if (max <= min) return { problem: 'max must be above min', hint: 'swap them, or use a constant' }
    if (mode < min || mode > max)
      return { problem: 'mode must lie from min to max', hint: 'give min, mode, max in order' }
    return { spec: { type: 'triangular', min, mode, max } }
  },
  create: (spec, stream) => samplerOf(() => quantile(spec, stream.nextUnit())),
  mean: ({ min, mode, max }) => (min + mode + max) / 3,
  variance({ min, mode, max }) {
    const rise = mode - min
    const fall = max - mode
    return (rise * rise + rise * fall + fall * fall) / 18
  },
  cdf({ min, mode, max }, x) {
    if (x <= min) return 0
    if (x >= max) return 1
    const width = max - min
    return x <= mode
      ? ((x - min) * (x - min)) / (width * (mode - min))
      : 1 - ((max - x) * (max - x)) / (width * (max - mode))
  },
  quantile,
  density({ min, mode, max }, x) {
    if (x < min || x > max) return 0
    const height = 2 / (max - min)
    if (x === mode) return height
    return x < mode ? (height * (x - min)) / (mode - min) : (height * (max - x)) / (max - mode)
  },
})

function quantile({ min, mode, max }: TriangularSpec, p: number): number {
  const width = max - min
  const rise = mode - min
  return p * width <= rise ? min + Math.sqrt(p * width * rise) : max - Math.sqrt((1 - p) * width * (max - mode))
}
