// Fixed backoff: the same delay before every retry.

import type { BackoffDefinition } from '../backoff.ts'

/** The catalogue entry of `fixed`. */
export const fixed: BackoffDefinition = {
  id: 'fixed',
  label: 'Fixed',
  help: 'Waits the same time before every retry.',
  source: 'resilience4j 2.3, io.github.resilience4j.core.IntervalFunction.of(interval).',
  differs: '',
  parameters: ['initialNs'],
  create: ({ initialNs }) => ({ delayNs: () => initialNs }),
}
