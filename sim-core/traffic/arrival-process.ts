/** What an arrival process offers to a traffic source, and what the catalogue knows of each. */

import type { RandomStream } from '../kernel/random.ts'

/** The instants at which requests of one traffic source arrive. */
export interface ArrivalProcess {
  /**
   * Instant (integer ns) of the next arrival, in order, ties allowed; Infinity when there is none before the end of the
   * run, and from then on. An arrival at the end itself no longer counts. No allocation, amortised O(1).
   */
  next(): number
  /** As `next`, but writes the instant into `into[at]`, so that it need not be boxed. */
  nextInto(into: Float64Array, at: number): void
}

/** The chance that an arrival process draws from. */
export interface ArrivalStreams {
  /** One draw per arrival. */
  readonly gaps: RandomStream
  /** The start and the length of bursts and phases; apart from the gaps, so that neither shifts the other. */
  readonly phases: RandomStream
}

/** One arrival process as the catalogue shows it. */
export interface ArrivalDefinition<Spec> {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** Mean arrivals per second expected from `fromNs` to the later `toNs`. */
  meanPerSecond(spec: Spec, fromNs: number, toNs: number): number
  /** @param endNs end of the run, integer ns; nothing arrives at it or after it. */
  create(spec: Spec, streams: ArrivalStreams, endNs: number): ArrivalProcess
}
