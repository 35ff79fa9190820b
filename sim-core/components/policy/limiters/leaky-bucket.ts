// The leaky bucket as a queue: calls leave at an even pace, those that find it full are refused.

import { NS_PER_SECOND } from '../../../kernel/time.ts'
import type { LimiterDefinition } from '../rate-limiter.ts'
import { VirtualScheduling } from './virtual-scheduling.ts'

/** The catalogue entry of `leaky_bucket`. */
export const leakyBucket: LimiterDefinition = {
  id: 'leaky_bucket',
  label: 'Leaky bucket',
  help: 'Calls go at an even pace, never two at once: a burst is spread out, and what finds no place to wait is refused.',
  source:
    'J. Turner, "New Directions in Communications (or Which Way to the Information Age?)", 1986; as nginx, limit_req.',
  differs: '',
  parameters: ['perSecond', 'places'],
  create: ({ perSecond, places }) =>
    new VirtualScheduling({ perSecond, burst: 1, waitNs: (places * NS_PER_SECOND) / perSecond }),
}
