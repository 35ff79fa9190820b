// Envoy's outlier detection by consecutive server errors, as a breaker in front of one target.

import { NS_PER_MINUTE, NS_PER_SECOND } from '../../../kernel/time.ts'
import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { FailureRun } from '../outcome-window.ts'
import { CONSECUTIVE_RULES } from './consecutive.ts'

const RULES: BreakerRules = { ...CONSECUTIVE_RULES, restGrows: true, wakes: 'by_itself', afterRest: 'closed' }

/** The catalogue entry of `envoy`. */
export const envoy: BreakerDefinition = {
  id: 'envoy',
  label: 'Envoy: consecutive errors',
  help:
    'Ejects after a number of failures in a row, each time for longer, and lets everything through again when the time is ' +
    'over, without trials.',
  source:
    'Envoy 1.31 documentation, "Outlier detection", 2024: consecutive_5xx; ejected for base_ejection_time multiplied by ' +
    'the number of times ejected in a row, at most max_ejection_time.',
  differs:
    'The rest ends at its own end, where Envoy looks every interval; it guards a whole service, where Envoy ejects single ' +
    'hosts.',
  parameters: ['failures', 'openNs', 'openMaxNs', 'forgetNs'],
  defaults: {
    failures: 5,
    openNs: 30 * NS_PER_SECOND,
    openMaxNs: 5 * NS_PER_MINUTE,
    forgetNs: 10 * NS_PER_SECOND,
  },
  create: (parameters) => new BreakerEngine(parameters, RULES, new FailureRun()),
}
