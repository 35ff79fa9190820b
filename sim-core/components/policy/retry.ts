// Decides whether a failed try is repeated, and after which delay.

import { invariant } from '../../kernel/invariant.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Backoff } from './backoff.ts'

/** What `RetryPolicy.nextDelayNs` answers when there is no further try. */
export const NO_RETRY = -1

/** What a retry policy is made from. */
export interface RetryOptions {
  /** Tries in all, the first one included; 1 never retries. */
  readonly triesMax: number
  /** The error causes worth another try: the small whole numbers by which the engine knows causes. */
  readonly retriedCauses: readonly number[]
  readonly backoff: Backoff
}

/** A retry policy. It keeps no state of its own: one serves any number of requests, without allocation. */
export class RetryPolicy {
  readonly #triesMax: number
  /** [cause] = 1 where it is retried. */
  readonly #retried: Uint8Array
  readonly #backoff: Backoff

  constructor(options: RetryOptions) {
    invariant(Number.isInteger(options.triesMax) && options.triesMax >= 1, 'a call has at least one try')
    this.#triesMax = options.triesMax
    this.#retried = new Uint8Array(Math.max(-1, ...options.retriedCauses) + 1)
    for (const cause of options.retriedCauses) this.#retried[cause] = 1
    this.#backoff = options.backoff
  }

  /**
   * The delay before the next try in nanoseconds, or `NO_RETRY`.
   * @param failedTries tries that failed so far, at least 1.
   * @param cause why the last one failed.
   * @param memory see `Backoff.delayNs`; the caller sets `memory[slot]` to 0 when the request begins.
   */
  nextDelayNs(failedTries: number, cause: number, memory: Float64Array, slot: number, stream: RandomStream): number {
    if (failedTries >= this.#triesMax || this.#retried[cause] !== 1) return NO_RETRY
    return this.#backoff.delayNs(failedTries - 1, memory, slot, stream)
  }
}
