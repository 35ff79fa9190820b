// Why targets may not be picked: several causes at once, of which each must be lifted by whoever raised it.

import type { Balancer } from './balancer.ts'

/** Causes that keep a target from being picked; bits, so that they add up. */
export const BLOCKED_BY = {
  /** Not started yet, or dead. */
  notReady: 1,
  /** About to be stopped: finishes what it has. */
  draining: 2,
  /** Taken out for failures. */
  ejected: 4,
  /** Already tried by the request that is being placed. */
  tried: 8,
} as const

/** One of the causes. */
export type BlockCause = (typeof BLOCKED_BY)[keyof typeof BLOCKED_BY]

/** The causes in force per target; tells the balancer when the first appears and when the last goes. */
export class TargetEligibility {
  readonly #balancer: Balancer
  readonly #causes: Uint8Array

  /** All targets start out not ready. */
  constructor(targets: number, balancer: Balancer) {
    this.#balancer = balancer
    this.#causes = new Uint8Array(targets).fill(BLOCKED_BY.notReady)
  }

  /** Whether nothing keeps the target from being picked. */
  isEligible(target: number): boolean {
    return this.#causes[target] === 0
  }

  /** Puts a cause in force. */
  block(target: number, cause: BlockCause): void {
    const before = this.#causes[target]!
    this.#causes[target] = before | cause
    if (before === 0) this.#balancer.setEligible(target, false)
  }

  /** Lifts a cause. */
  unblock(target: number, cause: BlockCause): void {
    const before = this.#causes[target]!
    const after = before & ~cause
    this.#causes[target] = after
    if (before !== 0 && after === 0) this.#balancer.setEligible(target, true)
  }
}
