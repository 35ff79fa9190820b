// The circuit breaker that looks at the last so many calls.

import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { LastCalls } from '../outcome-window.ts'

/** What breakers of failure rates have in common where no library says otherwise. */
export const RATE_RULES: BreakerRules = {
  opens: 'percent_reached',
  judges: 'results',
  restIsOver: 'at_end',
  restGrows: false,
  wakes: 'by_call',
  afterRest: 'trials',
  trials: 'each',
  lateResults: 'ignored',
  remembers: 'nothing',
}

/** The catalogue entry of `count_window`. */
export const countWindow: BreakerDefinition = {
  id: 'count_window',
  label: 'Share of the last calls',
  help:
    'Opens when the share of failed or of slow calls among the last calls reaches a threshold. Sees trouble that a run of ' +
    'failures does not; slow to notice where few calls are made.',
  source:
    'M. Nygard, "Release It!", 2nd edition, 2018, chapter 5, "Circuit Breaker", with a count-based sliding window.',
  differs: '',
  parameters: ['calls', 'minimumCalls', 'failureRatio', 'slowRatio', 'slowNs', 'openNs', 'successes', 'trials'],
  defaults: {},
  create: (parameters) =>
    new BreakerEngine(
      { ...parameters, minimumCalls: Math.min(parameters.minimumCalls, parameters.calls) },
      RATE_RULES,
      new LastCalls(parameters.calls),
    ),
}
