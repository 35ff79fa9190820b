// What a load balancing algorithm offers to a caller that chooses one of several targets per request.

import type { RandomStream } from '../../../kernel/random.ts'

/**
 * Chooses a target per request. Targets are numbered 0..targets-1, in configuration order; the number is fixed at
 * creation (the most replicas there can be). None is eligible until `setEligible` says so.
 */
export interface Balancer {
  /** The target for the next request, or -1 when none is eligible. The caller reports with `opened` that it was used. */
  pick(): number
  /** A request was sent to the target. */
  opened(target: number): void
  /** A request to the target ended, however it ended. */
  closed(target: number): void
  /** A request to the target failed in a way that speaks against the target; `closed` is called for it as well. */
  failed(target: number): void
  /** Whether the target may be picked: ready, not ejected, not draining. Repeating the present state changes nothing. */
  setEligible(target: number, eligible: boolean): void
}

/** What a balancer is made from. */
export interface BalancerOptions {
  /** Number of targets, at least 1. */
  readonly targets: number
  /** Positive whole weight per target; all 1 if not given. */
  readonly weights?: readonly number[]
  /** Failures per target after which its weight counts nothing (nginx `max_fails`); 0 is never, 1 if not given. */
  readonly maxFails?: readonly number[]
  /** Chance for randomised algorithms; the others never draw from it. */
  readonly stream: RandomStream
}

/** One balancing algorithm as the catalogue shows it. */
export interface BalancerDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** Whether weights change the shares of the targets. */
  readonly weighted: boolean
  create(options: BalancerOptions): Balancer
}

/** Targets up to which every eligible one is looked at per pick, as nginx does; above it picks cost O(log targets). */
export const SCANNED_TARGETS_MAX = 64
