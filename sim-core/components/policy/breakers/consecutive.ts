// The circuit breaker that counts failures in a row.

import { invariant } from '../../../kernel/invariant.ts'
import { NS_PER_SECOND } from '../../../kernel/time.ts'
import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from '../circuit-breaker.ts'
import type { BreakerDefinition, BreakerState, CircuitBreaker } from '../circuit-breaker.ts'

/** The configuration of a consecutive-count breaker; counts are whole numbers of at least 1. */
export interface ConsecutiveBreakerConfig {
  readonly kind: 'consecutive'
  /** Failures in a row that open it. */
  readonly failureThreshold: number
  /** How long it refuses calls once open, in nanoseconds. */
  readonly openNs: number
  /** Trial calls under way at the same time while half-open. */
  readonly trialCallsMax: number
  /** Successes while half-open that close it. */
  readonly successThreshold: number
}

/** What is assumed where a scenario says nothing: 5 failures, a minute of rest, 3 successes, asked for by 3 calls at once. */
export const CONSECUTIVE_DEFAULTS: ConsecutiveBreakerConfig = {
  kind: 'consecutive',
  failureThreshold: 5,
  openNs: 60 * NS_PER_SECOND,
  trialCallsMax: 3,
  successThreshold: 3,
}

/** How libraries set the same engine: cockatiel closes after one trial. Thresholds and rests are their users' choice. */
export const CONSECUTIVE_PROFILES = { cockatiel: { trialCallsMax: 1, successThreshold: 1 } } as const

/**
 * Closed: a success sets the count back, the failure that reaches the threshold opens. Open: calls are refused until
 * `openNs` has passed, then the next call makes it half-open and is the first trial. Half-open: the success that reaches
 * the threshold closes, a failure opens again. Results that arrive while it is open belong to earlier calls and count
 * for nothing; those that arrive while it is half-open count as trials, whenever their call began.
 */
class ConsecutiveBreaker implements CircuitBreaker {
  readonly #config: ConsecutiveBreakerConfig
  #state: BreakerState = BREAKER_CLOSED
  #failuresInRow = 0
  #trialsUnderWay = 0
  #trialSuccesses = 0
  #openUntilNs = 0

  constructor(config: ConsecutiveBreakerConfig) {
    invariant(config.failureThreshold >= 1, 'a breaker opens after at least one failure')
    invariant(config.successThreshold >= 1, 'a breaker closes after at least one success')
    invariant(config.trialCallsMax >= 1, 'a half-open breaker lets at least one call pass')
    invariant(config.openNs >= 0, 'a breaker rests for no negative time')
    this.#config = config
  }

  get openUntilNs(): number {
    return this.#openUntilNs
  }

  state(): BreakerState {
    return this.#state
  }

  tryAcquire(nowNs: number): boolean {
    if (this.#state === BREAKER_CLOSED) return true
    if (this.#state === BREAKER_OPEN) {
      if (nowNs < this.#openUntilNs) return false
      this.#state = BREAKER_HALF_OPEN
      this.#openUntilNs = 0
      this.#trialsUnderWay = 0
      this.#trialSuccesses = 0
    }
    if (this.#trialsUnderWay >= this.#config.trialCallsMax) return false
    this.#trialsUnderWay += 1
    return true
  }

  onSuccess(): void {
    if (this.#state === BREAKER_OPEN) return
    this.#failuresInRow = 0
    if (this.#state === BREAKER_CLOSED) return
    this.#trialsUnderWay = Math.max(0, this.#trialsUnderWay - 1)
    this.#trialSuccesses += 1
    if (this.#trialSuccesses >= this.#config.successThreshold) this.#state = BREAKER_CLOSED
  }

  onFailure(nowNs: number): void {
    if (this.#state === BREAKER_OPEN) return
    this.#failuresInRow += 1
    if (this.#state === BREAKER_CLOSED && this.#failuresInRow < this.#config.failureThreshold) return
    this.#state = BREAKER_OPEN
    this.#openUntilNs = nowNs + this.#config.openNs
  }
}

/** The catalogue entry of `consecutive`. */
export const consecutive: BreakerDefinition<ConsecutiveBreakerConfig> = {
  id: 'consecutive',
  label: 'Failures in a row',
  help:
    'Opens after a number of failures in a row, refuses calls for a while, then lets a few trial calls decide whether to ' +
    'close again. Simple and quick, but one success among many failures sets the count back.',
  source:
    'M. Nygard, "Release It!", 2nd edition, 2018, chapter 5, "Circuit Breaker"; cockatiel 3.2, ConsecutiveBreaker and ' +
    'CircuitBreakerPolicy.',
  differs: 'Trial calls beyond the limit are refused, where cockatiel lets them wait for the first trial.',
  create: (config) => new ConsecutiveBreaker(config),
}
