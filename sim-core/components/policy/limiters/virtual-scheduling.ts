// The arithmetic that token bucket and leaky bucket share: when the next call is due in theory, and how early it may come.

import { NS_PER_SECOND } from '../../../kernel/time.ts'
import type { RateLimiter } from '../rate-limiter.ts'
import { LIMITED } from '../rate-limiter.ts'

/** What virtual scheduling is made from. */
export interface VirtualSchedulingOptions {
  readonly perSecond: number
  /** Calls that may come at once after a pause. */
  readonly burst: number
  /** How long a call may wait for its turn, in ns. */
  readonly waitNs: number
}

/**
 * The generic cell rate algorithm in the form of virtual scheduling: a call that comes at t conforms if t >= TAT - L, and
 * then TAT = max(t, TAT) + T, where T is the time between calls and L the tolerance, here (burst - 1) T. Calls that do not
 * conform wait until they do, or are refused.
 *
 * Source: The ATM Forum, "Traffic Management Specification", version 4.0, 1996, section 4.4.3.
 * Differs from the source: calls may wait.
 */
export class VirtualScheduling implements RateLimiter {
  private readonly spacingNs: number
  private readonly toleranceNs: number
  private readonly waitNs: number
  /** [theoretical arrival time of the next call in ns]. */
  private readonly state = new Float64Array(1)

  constructor({ perSecond, burst, waitNs }: VirtualSchedulingOptions) {
    this.spacingNs = NS_PER_SECOND / perSecond
    this.toleranceNs = (burst - 1) * this.spacingNs
    this.waitNs = waitNs
  }

  acquire(nowNs: number): number {
    const dueNs = this.state[0]!
    const waitNs = Math.max(0, Math.ceil(dueNs - this.toleranceNs - nowNs))
    if (waitNs > this.waitNs) return LIMITED
    this.state[0] = Math.max(nowNs, dueNs) + this.spacingNs
    return waitNs
  }

  used(nowNs: number): number {
    const aheadNs = Math.max(0, this.state[0]! - nowNs)
    return Math.min(1, aheadNs / (this.toleranceNs + this.spacingNs))
  }
}
