// The breaker of cockatiel that counts failures in a row.

import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { FailureRun } from '../outcome-window.ts'
import { CONSECUTIVE_RULES } from './consecutive.ts'

/** The catalogue entry of `cockatiel_consecutive`. */
export const cockatielConsecutive: BreakerDefinition = {
  id: 'cockatiel_consecutive',
  label: 'cockatiel: ConsecutiveBreaker',
  help: 'Opens after a number of failures in a row; after the rest the result of one trial closes or opens it.',
  source: 'C. Peet, cockatiel 3.2, ConsecutiveBreaker and CircuitBreakerPolicy, 2024.',
  differs: 'Calls during the trial are refused, where cockatiel lets them wait for its result.',
  parameters: ['failures', 'openNs'],
  defaults: { trials: 1, successes: 1 },
  create: (parameters) => new BreakerEngine(parameters, CONSECUTIVE_RULES, new FailureRun()),
}
