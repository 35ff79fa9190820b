/** The field builder for probability distributions of a quantity: `lognormal(mean 2ms, p99 9ms)`, or just `2ms`. */
import type { DistributionSpec } from '../distributions/registry.ts'
import { readDistribution } from './distribution-text.ts'
import type { Field } from './field.ts'
import { leaf } from './field.ts'
import type { DistributedQuantity, quantities } from './units.ts'

const examples: Readonly<Record<DistributedQuantity, readonly string[]>> = {
  duration: ['2ms', 'exponential(2ms)', 'lognormal(mean 2ms, p99 9ms)', 'uniform(1s, 4s)'],
  bytes: ['2KB', 'lognormal(mean 2KB, p99 12KB)'],
  number: ['3', 'uniform(1, 5)'],
}

/** A distribution of a quantity; parsed to a spec in base units (nanoseconds, bytes or plain numbers). */
export function distributionOf<Q extends DistributedQuantity>(
  quantity: Q,
  options: { readonly help: string },
): Field<DistributionSpec, (typeof quantities)[Q]['suffix']> {
  return leaf((input) => readDistribution(input, quantity), {
    type: `${quantity} distribution`,
    help: options.help,
    suffix: suffixes[quantity],
    examples: examples[quantity],
    json: { type: ['string', 'object', 'number'], examples: examples[quantity] },
    input: { kind: 'distribution', quantity },
  })
}

const suffixes: { readonly [Q in DistributedQuantity]: (typeof quantities)[Q]['suffix'] } = {
  duration: 'Ns',
  bytes: 'Bytes',
  number: '',
}
