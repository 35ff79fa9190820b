// What is counted of the calls under a policy: the counters by place and by name.

import type { Recorder } from '../../metrics/recorder.ts'

// Places in the counts.
export const CALLS = 0
export const SUCCEEDED = 1
const TRIES = 2
export const WASTED = 3
export const TIMEOUTS = 4
export const REFUSED = 5
export const OPENED = 6
export const LIMITED_TRIES = 7
export const FULL = 8
export const NO_BUDGET = 9
export const HEDGES = 10
/** Of the first retry; those of the second and third come after it, then all others. */
const FIRST_RETRIES = 11
const RETRIES_TOLD_APART = 4
const PLACES = FIRST_RETRIES + RETRIES_TOLD_APART

/** Counters of every policy, by metric. */
const ALWAYS = { calls: CALLS, succeeded: SUCCEEDED, tries: TRIES, wasted: WASTED, timeouts: TIMEOUTS } as const

/** Counters of policies with retries. */
const WITH_RETRY = {
  retries_1: FIRST_RETRIES,
  retries_2: FIRST_RETRIES + 1,
  retries_3: FIRST_RETRIES + 2,
  retries_more: FIRST_RETRIES + 3,
} as const

/** Which parts a policy has, as far as counters go. */
export interface CountedParts {
  readonly retry: boolean
  readonly hedge: boolean
  readonly budget: boolean
  readonly breaker: boolean
  readonly limit: boolean
  readonly bulkhead: boolean
}

/** The counts of one policy in one run. */
export class PolicyCounts {
  private readonly counts = new Float64Array(PLACES)

  add(place: number): void {
    this.counts[place] = this.counts[place]! + 1
  }

  /** A try is made, the first one being number 1. */
  addTry(number: number): void {
    this.add(TRIES)
    if (number > 1) this.add(FIRST_RETRIES + Math.min(number - 2, RETRIES_TOLD_APART - 1))
  }

  /** Makes the counters of the parts that the policy has known to the recorder. */
  register(recorder: Recorder, id: string, parts: CountedParts): void {
    const names: Readonly<Record<string, number>> = {
      ...ALWAYS,
      ...(parts.retry ? WITH_RETRY : {}),
      ...(parts.hedge ? { hedges: HEDGES } : {}),
      ...(parts.budget ? { no_budget: NO_BUDGET } : {}),
      ...(parts.breaker ? { refused: REFUSED, breaker_opened: OPENED } : {}),
      ...(parts.limit ? { limited: LIMITED_TRIES } : {}),
      ...(parts.bulkhead ? { bulkhead_full: FULL } : {}),
    }
    for (const [name, place] of Object.entries(names)) recorder.counter(id, name, 'count', () => this.counts[place]!)
  }
}
