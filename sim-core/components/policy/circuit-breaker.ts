// What stops calls to a target that keeps failing: the interface of the circuit breaker family, and its parameters.

import { MAX_TIME_NS, NS_PER_MINUTE, NS_PER_SECOND } from '../../kernel/time.ts'

/** Calls pass and their results are watched. */
export const BREAKER_CLOSED = 0
/** Calls are refused until the rest is over. */
export const BREAKER_OPEN = 1
/** A few trial calls pass; their results decide. */
export const BREAKER_HALF_OPEN = 2

/** The state of a circuit breaker. */
export type BreakerState = typeof BREAKER_CLOSED | typeof BREAKER_OPEN | typeof BREAKER_HALF_OPEN

/** What a breaker has seen of late. */
export interface BreakerReading {
  /** Calls that count: results, or calls made, as the kind has it. */
  calls(nowNs: number): number
  failures(nowNs: number): number
  /** Results that took longer than allowed, failed or not. */
  slowCalls(nowNs: number): number
}

/**
 * A circuit breaker. It needs no timer: time is passed in, never going back, and the end of a rest is noticed by the
 * next call. No method allocates.
 */
export interface CircuitBreaker {
  /**
   * True if a call may pass now; every call that passed must later be reported by `onSuccess`, `onFailure` or
   * `onAbandoned`. False is a refused call, which is not reported.
   */
  tryAcquire(nowNs: number): boolean
  /** Reports that a call that passed has succeeded, `durationNs` after it began. */
  onSuccess(nowNs: number, durationNs: number): void
  /** Reports that a call that passed has failed. */
  onFailure(nowNs: number, durationNs: number): void
  /** Reports that nobody will know how a call that passed has ended: it gives its place back and counts for nothing. */
  onAbandoned(): void
  /** The state at `nowNs`. Unless its kind wakes by itself, an open breaker stays open while idle, even after its rest. */
  state(nowNs: number): BreakerState
  /** When the rest ends. 0 unless open. */
  readonly openUntilNs: number
  /** What its present state looks at. */
  readonly reading: BreakerReading
}

/** What breakers are made from; times in ns. Each kind reads the parameters that its definition lists. */
export interface BreakerParameters {
  readonly failures: number
  readonly calls: number
  readonly windowNs: number
  readonly buckets: number
  readonly failureRatio: number
  readonly slowRatio: number
  readonly slowNs: number
  readonly minimumCalls: number
  readonly minimumPerSecond: number
  readonly openNs: number
  readonly openMaxNs: number
  readonly forgetNs: number
  readonly trials: number
  readonly successes: number
}

/** The name of a breaker parameter. */
export type BreakerParameterId = keyof BreakerParameters

/** One parameter as users see it. */
export interface BreakerParameterDefinition {
  /** The key by which a scenario writes it. */
  readonly key: string
  readonly quantity: 'count' | 'duration' | 'ratio' | 'rate'
  readonly min: number
  readonly max: number
  readonly help: string
}

/** Highest count of failures, calls, trials or successes that a breaker may wait for. */
const MAX_BREAKER_COUNT = 1_000_000

/** Most calls or buckets that one breaker remembers, each in a few bytes. */
const MAX_REMEMBERED_CALLS = 100_000
const MAX_BUCKETS = 10_000

const count = { quantity: 'count', min: 1, max: MAX_BREAKER_COUNT } as const
const time = { quantity: 'duration', min: 1, max: MAX_TIME_NS } as const
const share = { quantity: 'ratio', min: 0, max: 1 } as const

/** Every parameter, once for all kinds. */
export const breakerParameters: Readonly<Record<BreakerParameterId, BreakerParameterDefinition>> = {
  failures: { ...count, key: 'failures', help: 'Failures in a row that open it.' },
  calls: { ...count, key: 'calls', max: MAX_REMEMBERED_CALLS, help: 'How many of the last calls it looks at.' },
  windowNs: { ...time, key: 'window', help: 'How far back it looks.' },
  buckets: {
    ...count,
    key: 'buckets',
    max: MAX_BUCKETS,
    help: 'Parts of the window; what is too old is forgotten a part at a time.',
  },
  failureRatio: { ...share, key: 'failure_rate', help: 'Share of failed calls that opens it.' },
  slowRatio: { ...share, key: 'slow_rate', help: 'Share of slow calls that opens it, failed or not.' },
  slowNs: { ...time, key: 'slow', help: 'Calls that take longer are slow.' },
  minimumCalls: { ...count, key: 'minimum_calls', min: 0, help: 'With fewer calls to look at, it stays as it is.' },
  minimumPerSecond: {
    quantity: 'rate',
    key: 'minimum_rate',
    min: 0,
    max: 1e9,
    help: 'With fewer calls over the window, it stays as it is.',
  },
  openNs: { ...time, key: 'open', help: 'How long it refuses calls once open.' },
  openMaxNs: { ...time, key: 'open_max', help: 'However often it opened, it rests no longer than this.' },
  forgetNs: { ...time, key: 'forget', help: 'For every such time without opening, its next rest is one step shorter.' },
  trials: { ...count, key: 'trials', help: 'Trial calls that pass after the rest, and whose results decide.' },
  successes: { ...count, key: 'successes', help: 'Trial calls that must succeed to close it again.' },
}

/**
 * What holds where neither a scenario nor the kind says otherwise: a minute of rest, a window of 100 calls or 10 s, half of
 * them failed; nothing is slow.
 */
export const BREAKER_DEFAULTS: BreakerParameters = {
  failures: 5,
  calls: 100,
  windowNs: 10 * NS_PER_SECOND,
  buckets: 10,
  failureRatio: 0.5,
  slowRatio: 1,
  slowNs: NS_PER_MINUTE,
  minimumCalls: 20,
  minimumPerSecond: 5,
  openNs: NS_PER_MINUTE,
  openMaxNs: 5 * NS_PER_MINUTE,
  forgetNs: 10 * NS_PER_SECOND,
  trials: 3,
  successes: 3,
}

/** A circuit breaker kind as the catalogue lists it. */
export interface BreakerDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly BreakerParameterId[]
  /** Its own defaults, where they are not those of all kinds. */
  readonly defaults: Partial<BreakerParameters>
  /** @param parameters already validated against `breakerParameters`. */
  create(parameters: BreakerParameters): CircuitBreaker
}
