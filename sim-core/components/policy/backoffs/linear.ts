// Linear backoff: each delay longer than the one before by the first delay, up to a limit.

import type { BackoffDefinition } from '../backoff.ts'

/** The catalogue entry of `linear`. */
export const linear: BackoffDefinition = {
  id: 'linear',
  label: 'Linear',
  help: 'Each delay is longer than the one before by the length of the first, up to a limit.',
  source: 'Polly 8, DelayBackoffType.Linear: delay * (attempt + 1).',
  differs: '',
  parameters: ['initialNs', 'maxNs'],
  create: ({ initialNs, maxNs }) => ({ delayNs: (attempt) => Math.min(maxNs, initialNs * (attempt + 1)) }),
}
