// The token bucket: tokens drip in at a rate, up to a number; a call takes one.

import type { LimiterDefinition } from '../rate-limiter.ts'
import { VirtualScheduling } from './virtual-scheduling.ts'

/** The catalogue entry of `token_bucket`. */
export const tokenBucket: LimiterDefinition = {
  id: 'token_bucket',
  label: 'Token bucket',
  help: 'Lets bursts through up to the size of the bucket, and in the long run no more than the rate. The bucket begins full.',
  source:
    'J. Turner, "New Directions in Communications (or Which Way to the Information Age?)", 1986; The ATM Forum, "Traffic ' +
    'Management Specification", version 4.0, 1996, section 4.4.3: a bucket of b tokens is the GCRA with a tolerance of (b - 1) T.',
  differs: 'Calls may wait for a token that is not there yet.',
  parameters: ['perSecond', 'burst', 'waitNs'],
  create: ({ perSecond, burst, waitNs }) => new VirtualScheduling({ perSecond, burst, waitNs }),
}
