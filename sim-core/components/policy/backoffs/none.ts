// No backoff: the next try follows at once.

import type { BackoffDefinition } from '../backoff.ts'

/** The catalogue entry of `none`. */
export const none: BackoffDefinition = {
  id: 'none',
  label: 'None',
  help: 'Tries again at once. Under overload this multiplies the load just when it hurts most.',
  source: 'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015, the case without backoff.',
  differs: '',
  parameters: [],
  create: () => ({ delayNs: () => 0 }),
}
