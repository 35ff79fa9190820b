// The breaker of cockatiel that looks at the last calls.

import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { LastCalls } from '../outcome-window.ts'

/** What cockatiel's breakers of failure rates have in common. */
export const COCKATIEL_RATE_RULES: BreakerRules = {
  opens: 'product_exceeded',
  judges: 'failures',
  restIsOver: 'at_end',
  restGrows: false,
  wakes: 'by_call',
  afterRest: 'trials',
  trials: 'each',
  lateResults: 'counted',
  remembers: 'last_trial',
}

/** The catalogue entry of `cockatiel_count`. */
export const cockatielCount: BreakerDefinition = {
  id: 'cockatiel_count',
  label: 'cockatiel: CountBreaker',
  help: 'Opens when the share of failed calls among the last calls is above a threshold; after the rest one trial decides.',
  source: 'C. Peet, cockatiel 3.2, CountBreaker and CircuitBreakerPolicy, 2024: failures > threshold * total.',
  differs: 'Calls during the trial are refused, where cockatiel lets them wait for its result.',
  parameters: ['calls', 'minimumCalls', 'failureRatio', 'openNs'],
  defaults: { minimumCalls: 100, trials: 1, successes: 1 },
  create: (parameters) => new BreakerEngine(parameters, COCKATIEL_RATE_RULES, new LastCalls(parameters.calls)),
}
