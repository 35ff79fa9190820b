/** The distribution that is always the same value. */

import { roundNs } from '../kernel/time.ts'
import type { Sampler } from './distribution.ts'
import { defineDistribution } from './distribution.ts'

/** Always `value`. */
export interface ConstantSpec {
  readonly type: 'constant'
  readonly value: number
}

class ConstantSampler implements Sampler {
  private readonly value: number
  private readonly valueNs: number

  constructor(value: number) {
    this.value = value
    this.valueNs = roundNs(value)
  }

  next(): number {
    return this.value
  }

  drawNs(into: Float64Array, at: number): void {
    into[at] = this.valueNs
  }
}

/** The degenerate distribution. */
export const constantDistribution = defineDistribution<ConstantSpec>({
  id: 'constant',
  label: 'Constant',
  help: 'Always the same value. Real service times vary: expect queues that are too short.',
  source: 'The degenerate distribution.',
  differs: '',
  parameters: [{ name: 'value', quantity: 'value', start: 1, help: 'The value.' }],
  forms: [['value']],
  resolve: (args) => ({ spec: { type: 'constant', value: args['value']! } }),
  create: ({ value }) => new ConstantSampler(value),
  mean: ({ value }) => value,
  variance: () => 0,
  cdf: ({ value }, x) => (x < value ? 0 : 1),
  quantile: ({ value }) => value,
  density: () => 0,
  atoms: ({ value }) => [{ value, probability: 1 }],
})
