// Proportional jitter: the exponential delay, longer or shorter by up to a share of itself.

import { wholeTicks } from '../backoff.ts'
import type { BackoffDefinition } from '../backoff.ts'
import { exponentialNs } from './exponential.ts'

/** The catalogue entry of `proportional_jitter`. */
export const proportionalJitter: BackoffDefinition = {
  id: 'proportional_jitter',
  label: 'Exponential, ± jitter',
  help:
    'The exponential delay, made longer or shorter by a uniformly random share, ±20 % unless told. A factor of 1 gives ' +
    'a constant delay with jitter.',
  source:
    'gRPC proposal A6, "gRPC Retry Design", 2017, revised 2022: min(initial * multiplier^(n-1), max) * random(0.8, 1.2); ' +
    'resilience4j 2.3, IntervalFunction.randomize: min + random * (max - min + 1) in whole milliseconds.',
  differs: 'The share is a parameter. Both bounds are included, in ticks; the limit holds for the delay before jitter.',
  parameters: ['initialNs', 'multiplier', 'maxNs', 'jitterRatio', 'resolutionNs'],
  create: (parameters) => ({
    delayNs(attempt, _memory, _slot, stream) {
      const { jitterRatio, resolutionNs } = parameters
      const nominalNs = exponentialNs(attempt, parameters)
      const spreadNs = nominalNs * jitterRatio
      return wholeTicks(nominalNs - spreadNs + (2 * spreadNs + resolutionNs) * stream.nextUnit(), resolutionNs)
    },
  }),
}
