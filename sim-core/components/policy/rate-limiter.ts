// What bounds how often calls are made: the interface of the rate limiter family, and its parameters.

import { NS_PER_SECOND } from '../../kernel/time.ts'

/** Answered by `RateLimiter.acquire` when a call may not be made. */
export const LIMITED = -1

/** A rate limiter. Time is passed in, never going back. No method allocates. */
export interface RateLimiter {
  /** How long the call that is asked for has to wait, in ns, and its place is taken; or LIMITED. */
  acquire(nowNs: number): number
  /** How much of what it grants is taken, 0 to 1. */
  used(nowNs: number): number
}

/** What limiters are made from; times in ns. Each kind reads the parameters that its definition lists. */
export interface LimiterParameters {
  readonly perSecond: number
  readonly burst: number
  readonly calls: number
  readonly windowNs: number
  readonly places: number
  readonly waitNs: number
}

/** The name of a limiter parameter. */
export type LimiterParameterId = keyof LimiterParameters

/** Most calls that a limiter lets through in one window or burst. */
const MAX_CALLS = 1_000_000

/** Every parameter, once for all kinds. */
export const limiterParameters = {
  perSecond: { key: 'rate', quantity: 'rate', min: 1e-6, max: 1e9, help: 'Calls that may be made in the long run.' },
  burst: {
    key: 'burst',
    quantity: 'count',
    min: 1,
    max: MAX_CALLS,
    help: 'Calls that may be made at once after a pause.',
  },
  calls: { key: 'calls', quantity: 'count', min: 1, max: MAX_CALLS, help: 'Calls that may be made in one window.' },
  windowNs: { key: 'window', quantity: 'duration', min: 1, max: Infinity, help: 'Length of the window.' },
  places: { key: 'places', quantity: 'count', min: 0, max: MAX_CALLS, help: 'Calls that may wait for their turn.' },
  waitNs: {
    key: 'wait',
    quantity: 'duration',
    min: 0,
    max: Infinity,
    help: 'How long a call may wait for its turn; one that would wait longer is refused at once.',
  },
} as const

/** What holds where a scenario says nothing. */
export const LIMITER_DEFAULTS: LimiterParameters = {
  perSecond: 100,
  burst: 10,
  calls: 100,
  windowNs: NS_PER_SECOND,
  places: 10,
  waitNs: 0,
}

/** A rate limiter as the catalogue lists it. */
export interface LimiterDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly LimiterParameterId[]
  create(parameters: LimiterParameters): RateLimiter
}
