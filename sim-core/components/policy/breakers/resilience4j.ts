// The circuit breaker of resilience4j, over the last calls and over the last seconds.

import { NS_PER_MINUTE, NS_PER_SECOND } from '../../../kernel/time.ts'
import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition, BreakerParameterId, BreakerParameters } from '../circuit-breaker.ts'
import { LastCalls, RecentTime } from '../outcome-window.ts'

const RULES: BreakerRules = {
  opens: 'percent_reached',
  judges: 'results',
  restIsOver: 'after_end',
  restGrows: false,
  wakes: 'by_call',
  afterRest: 'trials',
  trials: 'together',
  lateResults: 'counted',
  remembers: 'nothing',
}

const SOURCE =
  'R. Winkler and others, resilience4j 2.3, CircuitBreakerStateMachine, FixedSizeSlidingWindowMetrics and ' +
  'SlidingTimeWindowMetrics, 2024; parameters as in CircuitBreakerConfig.'

const DIFFERS =
  'The rest is ended by the next call, never by a timer, and a half-open breaker waits for its trials for ever.'

const COMMON: readonly BreakerParameterId[] = [
  'minimumCalls',
  'failureRatio',
  'slowRatio',
  'slowNs',
  'openNs',
  'trials',
]

/** The library's own defaults. */
const DEFAULTS: Partial<BreakerParameters> = {
  calls: 100,
  windowNs: 100 * NS_PER_SECOND,
  minimumCalls: 100,
  failureRatio: 0.5,
  slowRatio: 1,
  slowNs: NS_PER_MINUTE,
  openNs: NS_PER_MINUTE,
  trials: 10,
}

/** The catalogue entry of `resilience4j`. */
export const resilience4j: BreakerDefinition = {
  id: 'resilience4j',
  label: 'resilience4j: COUNT_BASED',
  help:
    'Opens when the share of failed or slow calls among the last calls reaches a threshold; after the rest a fixed number of ' +
    'trials is judged by the same thresholds.',
  source: SOURCE,
  differs: DIFFERS,
  parameters: ['calls', ...COMMON],
  defaults: DEFAULTS,
  create: (parameters) =>
    new BreakerEngine(
      { ...parameters, minimumCalls: Math.min(parameters.minimumCalls, parameters.calls) },
      RULES,
      new LastCalls(parameters.calls),
    ),
}

/** The catalogue entry of `resilience4j_time`. */
export const resilience4jTime: BreakerDefinition = {
  id: 'resilience4j_time',
  label: 'resilience4j: TIME_BASED',
  help: 'As resilience4j, over the calls of the last whole seconds.',
  source: SOURCE,
  differs: `${DIFFERS} The window is a whole number of seconds, rounded up.`,
  parameters: ['windowNs', ...COMMON],
  defaults: DEFAULTS,
  create(parameters) {
    const buckets = Math.ceil(parameters.windowNs / NS_PER_SECOND)
    const window = { bucketNs: NS_PER_SECOND, buckets, turn: 'with_clock', counts: 'results' } as const
    return new BreakerEngine(parameters, RULES, new RecentTime(window))
  },
}
