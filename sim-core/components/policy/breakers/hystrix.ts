// Hystrix' circuit breaker.

import { NS_PER_SECOND } from '../../../kernel/time.ts'
import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { RecentTime } from '../outcome-window.ts'

const RULES: BreakerRules = {
  opens: 'whole_percent_reached',
  judges: 'results',
  restIsOver: 'after_end',
  restGrows: false,
  wakes: 'by_call',
  afterRest: 'trials',
  trials: 'each',
  lateResults: 'counted',
  remembers: 'nothing',
}

/** The catalogue entry of `hystrix`. */
export const hystrix: BreakerDefinition = {
  id: 'hystrix',
  label: 'Hystrix',
  help:
    'Opens when enough calls were made in a rolling window and the share of failed ones, rounded down to whole percent, ' +
    'reaches a threshold; after the rest one trial decides.',
  source:
    'Netflix, Hystrix 1.5, HystrixCircuitBreaker and HealthCounts, 2018: errorPercentage = (int) (errorCount / totalCount ' +
    '* 100), open if totalCount >= requestVolumeThreshold and errorPercentage >= errorThresholdPercentage.',
  differs: 'Every result is judged at once, where Hystrix looks at a snapshot every 500 ms.',
  parameters: ['windowNs', 'buckets', 'minimumCalls', 'failureRatio', 'openNs'],
  defaults: {
    windowNs: 10 * NS_PER_SECOND,
    buckets: 10,
    minimumCalls: 20,
    failureRatio: 0.5,
    openNs: 5 * NS_PER_SECOND,
    trials: 1,
    successes: 1,
  },
  create(parameters) {
    const { windowNs, buckets } = parameters
    const window = { bucketNs: windowNs / buckets, buckets, turn: 'with_clock', counts: 'results' } as const
    return new BreakerEngine(parameters, RULES, new RecentTime(window))
  },
}
