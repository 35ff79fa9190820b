// Full jitter: a uniform delay between nothing and the exponential one.

import { wholeTicks } from '../backoff.ts'
import type { BackoffDefinition } from '../backoff.ts'
import { exponentialNs } from './exponential.ts'

/** The catalogue entry of `full_jitter`. */
export const fullJitter: BackoffDefinition = {
  id: 'full_jitter',
  label: 'Exponential, full jitter',
  help:
    'Waits a uniformly random time between nothing and the exponential delay. Spreads callers best and does the least ' +
    'work in total under contention.',
  source:
    'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: random_between(0, min(cap, base * 2^attempt)).',
  differs: 'The factor is a parameter; delays are whole ticks below the upper bound.',
  parameters: ['initialNs', 'multiplier', 'maxNs', 'resolutionNs'],
  create: (parameters) => ({
    delayNs(attempt, _memory, _slot, stream) {
      return wholeTicks(exponentialNs(attempt, parameters) * stream.nextUnit(), parameters.resolutionNs)
    },
  }),
}
