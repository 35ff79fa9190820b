// Decorrelated jitter: a uniform delay between the first one and three times the last one.

import { wholeTicks } from '../backoff.ts'
import type { BackoffDefinition } from '../backoff.ts'

/** How many times the last delay the next may be; the value of the source. */
const GROWTH = 3

/** The catalogue entry of `decorrelated_jitter`. */
export const decorrelatedJitter: BackoffDefinition = {
  id: 'decorrelated_jitter',
  label: 'Decorrelated jitter',
  help:
    'Waits a uniformly random time between the first delay and three times the last one, up to a limit: it grows by ' +
    'what was really waited, not by the number of tries.',
  source:
    'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: ' +
    'sleep = min(cap, random_between(base, sleep * 3)), from sleep = base.',
  differs: '',
  parameters: ['initialNs', 'maxNs', 'resolutionNs'],
  create: ({ initialNs, maxNs, resolutionNs }) => ({
    delayNs(_attempt, memory, slot, stream) {
      // Zero, the memory of a request that has not waited yet, is below the first delay.
      const lastNs = Math.max(initialNs, memory[slot]!)
      const drawnNs = initialNs + (lastNs * GROWTH - initialNs) * stream.nextUnit()
      const delayNs = Math.min(maxNs, wholeTicks(drawnNs, resolutionNs))
      memory[slot] = delayNs
      return delayNs
    },
  }),
}
