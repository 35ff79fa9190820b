// Exponential backoff: each delay a constant factor longer than the one before, up to a limit.

import type { BackoffDefinition, BackoffParameters } from '../backoff.ts'

/**
 * The nominal delay of an attempt: min(max, initial * multiplier^attempt), cut to whole ticks after every step.
 * Complexity: linear in the attempts until the limit is reached.
 */
export function exponentialNs(attempt: number, parameters: BackoffParameters): number {
  const { initialNs, maxNs, multiplier, resolutionNs } = parameters
  let ticks = initialNs / resolutionNs
  const limitTicks = maxNs / resolutionNs
  if (multiplier > 1) {
    for (let step = 0; step < attempt && ticks < limitTicks; step++) ticks = Math.floor(ticks * multiplier)
  }
  return Math.floor(Math.min(ticks, limitTicks) * resolutionNs)
}

/** The catalogue entry of `exponential`. */
export const exponential: BackoffDefinition = {
  id: 'exponential',
  label: 'Exponential',
  help:
    'Each delay is longer than the one before by a constant factor, up to a limit. Without jitter, callers that failed ' +
    'together come back together.',
  source: 'M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: min(cap, base * 2^attempt).',
  differs: 'The factor is a parameter, and every delay is cut to whole ticks before the next grows from it.',
  parameters: ['initialNs', 'multiplier', 'maxNs', 'resolutionNs'],
  create: (parameters) => ({ delayNs: (attempt) => exponentialNs(attempt, parameters) }),
}
