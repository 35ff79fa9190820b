// Draws the delays of one request from a backoff, for its tests.
import { backoffParameters } from '../../../../../sim-core/components/policy/backoff.ts'
import type { BackoffDefinition, BackoffParameters } from '../../../../../sim-core/components/policy/backoff.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'

/** The default of every parameter. */
export const DEFAULT_BACKOFF: BackoffParameters = {
  initialNs: backoffParameters.initialNs.defaultValue,
  maxNs: backoffParameters.maxNs.defaultValue,
  multiplier: backoffParameters.multiplier.defaultValue,
  jitterRatio: backoffParameters.jitterRatio.defaultValue,
  resolutionNs: backoffParameters.resolutionNs.defaultValue,
}

/** The delays before the first retries of one request, in milliseconds. */
export function backoffDelays(
  definition: BackoffDefinition,
  parameters: Partial<BackoffParameters>,
  retries: number,
  seed = 1,
): number[] {
  const backoff = definition.create({ ...DEFAULT_BACKOFF, ...parameters })
  const stream = new RandomStreams(seed, 0).stream('test/backoff')
  const memory = new Float64Array(1)
  return Array.from({ length: retries }, (_, attempt) => backoff.delayNs(attempt, memory, 0, stream) / NS_PER_MS)
}
