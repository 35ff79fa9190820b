// What stops calls to a target that keeps failing: the interface of the circuit breaker family.

/** Calls pass and their results are watched. */
export const BREAKER_CLOSED = 0
/** Calls are refused until the rest is over. */
export const BREAKER_OPEN = 1
/** A few trial calls pass; their results decide. */
export const BREAKER_HALF_OPEN = 2

/** The state of a circuit breaker. */
export type BreakerState = typeof BREAKER_CLOSED | typeof BREAKER_OPEN | typeof BREAKER_HALF_OPEN

/**
 * A circuit breaker. It needs no timer: time is passed in, never going back, and the end of a rest is noticed by the
 * next call. No method allocates.
 */
export interface CircuitBreaker {
  /**
   * True if a call may pass now; every call that passed must later be reported by `onSuccess` or `onFailure`, a call
   * given up by its caller included. False is a refused call, which is not reported.
   */
  tryAcquire(nowNs: number): boolean
  /** Reports that a call that passed has succeeded. */
  onSuccess(nowNs: number): void
  /** Reports that a call that passed has failed. */
  onFailure(nowNs: number): void
  /** The state as of the last call: an open breaker stays open while idle, even after its rest. */
  state(): BreakerState
  /** When the rest ends: earlier calls are refused. 0 unless open. */
  readonly openUntilNs: number
}

/** A circuit breaker kind as the catalogue lists it. */
export interface BreakerDefinition<Config> {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** @param config already validated. */
  create(config: Config): CircuitBreaker
}
