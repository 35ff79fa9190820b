// The circuit breaker of opossum.

import { NS_PER_SECOND } from '../../../kernel/time.ts'
import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerRules } from '../breaker-engine.ts'
import type { BreakerDefinition, BreakerParameters, CircuitBreaker } from '../circuit-breaker.ts'
import type { OutcomeWindow } from '../outcome-window.ts'
import { RecentTime } from '../outcome-window.ts'

const RULES: BreakerRules = {
  opens: 'percent_exceeded',
  judges: 'failures',
  restIsOver: 'at_end',
  restGrows: false,
  wakes: 'by_itself',
  afterRest: 'trials',
  trials: 'each',
  lateResults: 'counted',
  remembers: 'everything',
}

/** A rolling window such as opossum's statistics have. */
export function opossumWindow({ windowNs, buckets }: BreakerParameters): RecentTime {
  return new RecentTime({ bucketNs: windowNs / buckets, buckets, turn: 'with_clock', counts: 'attempts' })
}

/** opossum's breaker over a window of its own. */
export function opossumBreaker(parameters: BreakerParameters, window: OutcomeWindow): CircuitBreaker {
  return new BreakerEngine(parameters, RULES, window)
}

/** The catalogue entry of `opossum`. */
export const opossum: BreakerDefinition = {
  id: 'opossum',
  label: 'opossum',
  help:
    'Opens when the failures of a rolling window are more than a share of all calls asked for in it, refused ones included. ' +
    'Its memory outlives the rest, so one failure soon after closing may open it again.',
  source:
    'L. Ball, L. Holmquist and others, opossum 9.0, lib/circuit.js and lib/status.js, 2025: errorRate = stats.failures / ' +
    'stats.fires * 100, open if stats.fires >= volumeThreshold and errorRate > errorThresholdPercentage.',
  differs: 'It has neither warm-up nor a limit of its own on calls under way.',
  parameters: ['windowNs', 'buckets', 'minimumCalls', 'failureRatio', 'openNs'],
  defaults: {
    windowNs: 10 * NS_PER_SECOND,
    buckets: 10,
    minimumCalls: 0,
    failureRatio: 0.5,
    openNs: 30 * NS_PER_SECOND,
    trials: 1,
    successes: 1,
  },
  create: (parameters) => opossumBreaker(parameters, opossumWindow(parameters)),
}
