// Draws the delays of one request from a backoff, for its tests.
import { BACKOFF_DEFAULTS } from '../../../../../sim-core/components/policy/backoff.ts'
import type { BackoffDefinition, BackoffParameters } from '../../../../../sim-core/components/policy/backoff.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'

/** The delays before the first retries of one request, in milliseconds. */
export function backoffDelays(
  definition: BackoffDefinition,
  parameters: Partial<BackoffParameters>,
  retries: number,
  seed = 1,
): number[] {
  const backoff = definition.create({ ...BACKOFF_DEFAULTS, ...parameters })
  const stream = new RandomStreams(seed, 0).stream('test/backoff')
  const memory = new Float64Array(1)
  return Array.from({ length: retries }, (_, attempt) => backoff.delayNs(attempt, memory, 0, stream) / NS_PER_MS)
}
