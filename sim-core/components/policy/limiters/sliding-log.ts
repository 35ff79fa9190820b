// The limiter that remembers when the last calls were made.

import type { LimiterDefinition, LimiterParameters, RateLimiter } from '../rate-limiter.ts'
import { LIMITED } from '../rate-limiter.ts'

class SlidingLog implements RateLimiter {
  private readonly parameters: LimiterParameters
  /** When the last calls were, or are to be, made, as a ring. */
  private readonly madeNs: Float64Array
  private oldest = 0

  constructor(parameters: LimiterParameters) {
    this.parameters = parameters
    this.madeNs = new Float64Array(parameters.calls).fill(-Infinity)
  }

  acquire(nowNs: number): number {
    const { windowNs, waitNs: waitMaxNs } = this.parameters
    const { madeNs, oldest } = this
    const waitNs = Math.max(0, madeNs[oldest]! + windowNs - nowNs)
    if (waitNs > waitMaxNs) return LIMITED
    madeNs[oldest] = nowNs + waitNs
    this.oldest = oldest + 1 === madeNs.length ? 0 : oldest + 1
    return waitNs
  }

  used(nowNs: number): number {
    const sinceNs = nowNs - this.parameters.windowNs
    let count = 0
    for (const atNs of this.madeNs) if (atNs > sinceNs) count++
    return count / this.madeNs.length
  }
}

/** The catalogue entry of `sliding_log`. */
export const slidingLog: LimiterDefinition = {
  id: 'sliding_log',
  label: 'Sliding window, exact',
  help: 'No more than so many calls in any stretch of time as long as the window. Remembers every call of it.',
  source: 'N. Mahdi, "An alternative approach to rate limiting", Figma, 2017, sliding window log.',
  differs: 'The window includes its beginning and not its end.',
  parameters: ['calls', 'windowNs', 'waitNs'],
  create: (parameters) => new SlidingLog(parameters),
}
