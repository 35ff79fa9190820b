// Memoryless backoff: an exponentially distributed delay, the same distribution before every retry.

import { log } from '../../../kernel/deterministic-math.ts'
import { roundNs } from '../../../kernel/time.ts'
import type { BackoffDefinition } from '../backoff.ts'

/** The catalogue entry of `memoryless`. */
export const memoryless: BackoffDefinition = {
  id: 'memoryless',
  label: 'Memoryless',
  help:
    'Waits an exponentially distributed time with mean `initial` before every retry, as a crowd of people does who try ' +
    'again whenever it occurs to them.',
  source:
    'The orbit of the M/M/1/1 retrial queue: G. Falin, J. Templeton, "Retrial Queues", 1997, section 1.2, intervals ' +
    'between repeated attempts exponential with rate mu. Sampled by inversion, -ln(U) / mu.',
  differs: 'A delay is never longer than the largest allowed.',
  parameters: ['initialNs', 'maxNs'],
  create: ({ initialNs, maxNs }) => ({
    delayNs: (_attempt, _memory, _slot, stream) => Math.min(maxNs, roundNs(-initialNs * log(stream.nextOpenUnit()))),
  }),
}
