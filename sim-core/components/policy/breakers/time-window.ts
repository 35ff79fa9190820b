// The circuit breaker that looks at the calls of the last stretch of time.

import { BreakerEngine } from '../breaker-engine.ts'
import type { BreakerDefinition } from '../circuit-breaker.ts'
import { RecentTime } from '../outcome-window.ts'
import { RATE_RULES } from './count-window.ts'

/** The catalogue entry of `time_window`. */
export const timeWindow: BreakerDefinition = {
  id: 'time_window',
  label: 'Share of the last seconds',
  help:
    'Opens when the share of failed or of slow calls of the last stretch of time reaches a threshold. As quick under little ' +
    'traffic as under much, if enough calls come in that time at all.',
  source:
    'M. Nygard, "Release It!", 2nd edition, 2018, chapter 5, "Circuit Breaker", with a time-based sliding window.',
  differs: '',
  parameters: [
    'windowNs',
    'buckets',
    'minimumCalls',
    'failureRatio',
    'slowRatio',
    'slowNs',
    'openNs',
    'successes',
    'trials',
  ],
  defaults: {},
  create(parameters) {
    const { windowNs, buckets } = parameters
    const window = { bucketNs: windowNs / buckets, buckets, turn: 'with_clock', counts: 'results' } as const
    return new BreakerEngine(parameters, RATE_RULES, new RecentTime(window))
  },
}
