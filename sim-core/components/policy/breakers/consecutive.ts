// The circuit breaker that counts failures in a row.

import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { FailureRun } from '../outcome-window.ts'

/** Results that arrive while it is open belong to earlier calls and count for nothing. */
export const CONSECUTIVE_RULES: BreakerRules = {
  opens: 'run',
  judges: 'failures',
  restIsOver: 'at_end',
  restGrows: false,
  wakes: 'by_call',
  afterRest: 'trials',
  trials: 'each',
  lateResults: 'ignored',
  remembers: 'nothing',
}

/** The catalogue entry of `consecutive`. */
export const consecutive: BreakerDefinition = {
  id: 'consecutive',
  label: 'Failures in a row',
  help:
    'Opens after a number of failures in a row, refuses calls for a while, then lets a few trial calls decide whether to ' +
    'close again. Simple and quick, but one success among many failures sets the count back.',
  source: 'M. Nygard, "Release It!", 2nd edition, 2018, chapter 5, "Circuit Breaker".',
  differs: 'After the rest several trials may be under way, and several successes may be asked for.',
  parameters: ['failures', 'openNs', 'successes', 'trials'],
  defaults: {},
  create: (parameters) => new BreakerEngine(parameters, CONSECUTIVE_RULES, new FailureRun()),
}
