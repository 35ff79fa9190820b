// Equal jitter: half of the exponential delay, and a uniform part of the other half.

import { wholeTicks } from '../backoff.ts'
import type { BackoffDefinition } from '../backoff.ts'
import { exponentialNs } from './exponential.ts'

/** The catalogue entry of `equal_jitter`. */
export const equalJitter: BackoffDefinition = {
  id: 'equal_jitter',
  label: 'Exponential, equal jitter',
  help: 'Waits half of the exponential delay and a uniformly random part of the other half, so never almost nothing.',
  source:
    'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: temp = min(cap, base * 2^attempt), ' +
    'temp / 2 + random_between(0, temp / 2).',
  differs: 'The factor is a parameter; delays are cut to whole ticks.',
  parameters: ['initialNs', 'multiplier', 'maxNs', 'resolutionNs'],
  create: (parameters) => ({
    delayNs(attempt, _memory, _slot, stream) {
      const halfNs = exponentialNs(attempt, parameters) / 2
      return wholeTicks(halfNs + halfNs * stream.nextUnit(), parameters.resolutionNs)
    },
  }),
}
