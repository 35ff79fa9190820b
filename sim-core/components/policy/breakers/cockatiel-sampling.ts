// The breaker of cockatiel that looks at the last stretch of time.

import { NS_PER_MS, NS_PER_SECOND, nsToMs } from '../../../kernel/time.ts'
import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { RecentTime } from '../outcome-window.ts'
import { COCKATIEL_RATE_RULES } from './cockatiel-count.ts'

/** Fewest buckets of the window; otherwise there is one for each second begun. */
const BUCKETS_MIN = 5

const MS_PER_SECOND = 1_000

/** The catalogue entry of `cockatiel_sampling`. */
export const cockatielSampling: BreakerDefinition = {
  id: 'cockatiel_sampling',
  label: 'cockatiel: SamplingBreaker',
  help:
    'Opens when the share of failed calls of the last stretch of time is above a threshold, if calls come often enough. Its ' +
    'window moves on with the calls alone: after a pause it still sees what was before.',
  source:
    'C. Peet, cockatiel 3.2, SamplingBreaker and CircuitBreakerPolicy, 2024: failures > threshold * total, if total >= ' +
    'duration * minimumRps.',
  differs: 'Calls during the trial are refused, where cockatiel lets them wait for its result.',
  parameters: ['windowNs', 'minimumPerSecond', 'failureRatio', 'openNs'],
  defaults: { trials: 1, successes: 1 },
  create(parameters) {
    const buckets = Math.max(BUCKETS_MIN, Math.ceil(parameters.windowNs / NS_PER_SECOND))
    const bucketMs = Math.max(1, Math.round(nsToMs(parameters.windowNs) / buckets))
    const window = { bucketNs: bucketMs * NS_PER_MS, buckets, turn: 'with_results', counts: 'results' } as const
    const minimumCalls = bucketMs * buckets * (parameters.minimumPerSecond / MS_PER_SECOND)
    return new BreakerEngine({ ...parameters, minimumCalls }, COCKATIEL_RATE_RULES, new RecentTime(window))
  },
}
