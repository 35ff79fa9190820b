// The limiter that estimates the calls of a sliding window from two counters.

import type { LimiterDefinition, LimiterParameters, RateLimiter } from '../rate-limiter.ts'
import { LIMITED } from '../rate-limiter.ts'

class SlidingWindow implements RateLimiter {
  private readonly parameters: LimiterParameters
  private window = 0
  private present = 0
  private previous = 0

  constructor(parameters: LimiterParameters) {
    this.parameters = parameters
  }

  acquire(nowNs: number): number {
    this.turnTo(nowNs)
    if (this.estimate(nowNs) >= this.parameters.calls) return LIMITED
    this.present++
    return 0
  }

  used(nowNs: number): number {
    this.turnTo(nowNs)
    return Math.min(1, this.estimate(nowNs) / this.parameters.calls)
  }

  private estimate(nowNs: number): number {
    const passed = nowNs / this.parameters.windowNs - this.window
    return this.previous * (1 - passed) + this.present
  }

  private turnTo(nowNs: number): void {
    const window = Math.floor(nowNs / this.parameters.windowNs)
    if (window === this.window) return
    this.previous = window === this.window + 1 ? this.present : 0
    this.present = 0
    this.window = window
  }
}

/** The catalogue entry of `sliding_window`. */
export const slidingWindow: LimiterDefinition = {
  id: 'sliding_window',
  label: 'Sliding window, estimated',
  help:
    'Takes the calls of the window before as spread evenly, and counts the part of them that still lies in the sliding ' +
    'window. Two counters, hardly less exact than a log.',
  source:
    'J. Desgats, "How we built rate limiting capable of scaling to millions of domains", Cloudflare, 2017: rate = previous * ' +
    '((window - elapsed) / window) + present.',
  differs: '',
  parameters: ['calls', 'windowNs'],
  create: (parameters) => new SlidingWindow(parameters),
}
