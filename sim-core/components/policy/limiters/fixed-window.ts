// The limiter that counts calls in windows of fixed ends.

import type { LimiterDefinition, LimiterParameters, RateLimiter } from '../rate-limiter.ts'
import { LIMITED } from '../rate-limiter.ts'

class FixedWindow implements RateLimiter {
  private readonly parameters: LimiterParameters
  private window = 0
  /** Calls of the present window, and of the windows after it that calls already wait for. */
  private taken = 0

  constructor(parameters: LimiterParameters) {
    this.parameters = parameters
  }

  acquire(nowNs: number): number {
    const { calls, windowNs, waitNs: waitMaxNs } = this.parameters
    this.turnTo(nowNs)
    const ahead = Math.floor(this.taken / calls)
    const waitNs = ahead === 0 ? 0 : (this.window + ahead) * windowNs - nowNs
    if (waitNs > waitMaxNs) return LIMITED
    this.taken++
    return waitNs
  }

  used(nowNs: number): number {
    this.turnTo(nowNs)
    return Math.min(1, this.taken / this.parameters.calls)
  }

  private turnTo(nowNs: number): void {
    const { calls, windowNs } = this.parameters
    const window = Math.floor(nowNs / windowNs)
    this.taken = Math.max(0, this.taken - (window - this.window) * calls)
    this.window = window
  }
}

/** The catalogue entry of `fixed_window`. */
export const fixedWindow: LimiterDefinition = {
  id: 'fixed_window',
  label: 'Fixed window',
  help:
    'So many calls in each window, which all begin at whole multiples of its length. Simple; twice as many may come together ' +
    'around the end of a window.',
  source:
    'resilience4j 2.3, AtomicRateLimiter, 2024: cycles of limitRefreshPeriod with limitForPeriod permissions, reserved ahead.',
  differs: '',
  parameters: ['calls', 'windowNs', 'waitNs'],
  create: (parameters) => new FixedWindow(parameters),
}
