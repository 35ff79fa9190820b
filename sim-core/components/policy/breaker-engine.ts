// The circuit breaker itself: one state machine for every kind, told by a few rules how libraries differ.

import { invariant } from '../../kernel/invariant.ts'
import type { BreakerParameters, BreakerReading, BreakerState, CircuitBreaker } from './circuit-breaker.ts'
import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from './circuit-breaker.ts'
import { LastCalls } from './outcome-window.ts'
import type { OutcomeWindow } from './outcome-window.ts'

/** The rules in which kinds of circuit breaker differ. */
export interface BreakerRules {
  /**
   * When what it looks at opens it. In libraries' own arithmetic, since they round differently where share and threshold
   * are equal: `run` when failures in a row reach `failures`; of failures f among calls c and the threshold as percent p or
   * ratio r: `percent_reached` when 100 f / c >= p; `whole_percent_reached` when floor(100 f / c) >= p; `percent_exceeded`
   * when f / c * 100 > p; `product_exceeded` when f > r c.
   */
  readonly opens: 'run' | 'percent_reached' | 'whole_percent_reached' | 'percent_exceeded' | 'product_exceeded'
  /** Whether every result is judged, or failures only. */
  readonly judges: 'results' | 'failures'
  /** Whether the rest is over at its end, or only after it. */
  readonly restIsOver: 'at_end' | 'after_end'
  /** Whether the n-th rest in close succession is n times as long. */
  readonly restGrows: boolean
  /** What ends the rest: the next call, or the clock. */
  readonly wakes: 'by_call' | 'by_itself'
  /** What follows the rest: trial calls, or calls as before. */
  readonly afterRest: 'trials' | 'closed'
  /**
   * How trials are judged. `each`: one failure opens, `successes` of them close. `together`: `trials` calls pass in all, and
   * as soon as enough results are there the same thresholds decide.
   */
  readonly trials: 'each' | 'together'
  /** Whether results that arrive while it is open count in what it looks at. */
  readonly lateResults: 'ignored' | 'counted'
  /** What is remembered when trials close it: nothing, all of it, or the last trial alone. */
  readonly remembers: 'nothing' | 'everything' | 'last_trial'
}

/** Digits that a percentage keeps, so that 0.07 is 7 % and not a little more. */
const PERCENT_DIGITS = 12

const percentOf = (ratio: number): number => Number((100 * ratio).toPrecision(PERCENT_DIGITS))

/**
 * Closed: results are remembered and judged. Open: calls are refused until the rest is over. Half-open: trials pass and
 * decide. Results of earlier calls that arrive while it is half-open count as trials.
 */
export class BreakerEngine implements CircuitBreaker {
  readonly #parameters: BreakerParameters
  readonly #rules: BreakerRules
  readonly #window: OutcomeWindow
  readonly #trialWindow: OutcomeWindow
  #looksAt: OutcomeWindow
  readonly #failurePercent: number
  readonly #slowPercent: number
  readonly #trialMinimum: number
  #state: BreakerState = BREAKER_CLOSED
  #openUntilNs = 0
  #closedSinceNs = 0
  #rests = 0
  #trialsUnderWay = 0
  #trialSuccesses = 0

  /** @param window what is remembered while closed; owned by the breaker */
  constructor(parameters: BreakerParameters, rules: BreakerRules, window: OutcomeWindow) {
    invariant(parameters.trials >= 1 && parameters.successes >= 1, 'a half-open breaker lets calls pass and can close')
    invariant(parameters.openNs >= 0, 'a breaker rests for no negative time')
    this.#parameters = parameters
    this.#rules = rules
    this.#window = window
    this.#looksAt = window
    this.#trialWindow = rules.trials === 'together' ? new LastCalls(parameters.trials) : window
    this.#trialMinimum = Math.min(parameters.minimumCalls, parameters.trials)
    this.#failurePercent = percentOf(parameters.failureRatio)
    this.#slowPercent = percentOf(parameters.slowRatio)
  }

  get openUntilNs(): number {
    return this.#state === BREAKER_OPEN ? this.#openUntilNs : 0
  }

  get reading(): BreakerReading {
    return this.#looksAt
  }

  state(nowNs: number): BreakerState {
    if (this.#state !== BREAKER_OPEN || this.#rules.wakes === 'by_call' || !this.#rested(nowNs)) return this.#state
    return this.#rules.afterRest === 'closed' ? BREAKER_CLOSED : BREAKER_HALF_OPEN
  }

  tryAcquire(nowNs: number): boolean {
    this.#looksAt.onAttempt(nowNs)
    this.#wake(nowNs, this.#state === BREAKER_OPEN && this.#rested(nowNs))
    if (this.#state === BREAKER_CLOSED) return true
    if (this.#state === BREAKER_OPEN || this.#trialsUnderWay >= this.#parameters.trials) return false
    this.#trialsUnderWay++
    return true
  }

  onSuccess(nowNs: number, durationNs: number): void {
    this.#settle(nowNs, false, durationNs)
  }

  onFailure(nowNs: number, durationNs: number): void {
    this.#settle(nowNs, true, durationNs)
  }

  onAbandoned(): void {
    if (this.#state === BREAKER_HALF_OPEN) this.#trialsUnderWay = Math.max(0, this.#trialsUnderWay - 1)
  }

  #settle(nowNs: number, failed: boolean, durationNs: number): void {
    // What happened to it by the clock alone comes first.
    this.#wake(nowNs, this.#state === BREAKER_OPEN && this.state(nowNs) !== BREAKER_OPEN)
    if (this.#state === BREAKER_OPEN && this.#rules.lateResults === 'ignored') return
    this.#looksAt.onResult(nowNs, failed, durationNs > this.#parameters.slowNs)
    if (this.#state === BREAKER_HALF_OPEN) this.#judgeTrial(nowNs, failed)
    else if (this.#state === BREAKER_CLOSED && (failed || this.#rules.judges === 'results')) {
      if (this.#exceeds(nowNs)) this.#open(nowNs)
    }
  }

  #judgeTrial(nowNs: number, failed: boolean): void {
    if (this.#rules.trials === 'together') {
      if (this.#looksAt.calls(nowNs) < this.#trialMinimum) return
      if (this.#exceeds(nowNs)) this.#open(nowNs)
      else this.#close(nowNs)
      return
    }
    this.#trialsUnderWay = Math.max(0, this.#trialsUnderWay - 1)
    if (failed) this.#open(nowNs)
    else if (++this.#trialSuccesses >= this.#parameters.successes) this.#close(nowNs)
  }

  /** Whether what it looks at is reason to open. */
  #exceeds(nowNs: number): boolean {
    const { failures: failuresMax, minimumCalls, failureRatio } = this.#parameters
    const { opens } = this.#rules
    const failures = this.#looksAt.failures(nowNs)
    if (opens === 'run') return failures >= failuresMax
    const calls = this.#looksAt.calls(nowNs)
    if (calls < (this.#looksAt === this.#window ? minimumCalls : this.#trialMinimum)) return false
    if (opens === 'product_exceeded') return failures > failureRatio * calls
    if (opens === 'percent_exceeded') return (failures / calls) * 100 > this.#failurePercent
    if (calls === 0) return false
    const percent = (100 * failures) / calls
    if (opens === 'whole_percent_reached') return Math.floor(percent) >= this.#failurePercent
    return percent >= this.#failurePercent || (100 * this.#looksAt.slowCalls(nowNs)) / calls >= this.#slowPercent
  }

  #rested(nowNs: number): boolean {
    return this.#rules.restIsOver === 'at_end' ? nowNs >= this.#openUntilNs : nowNs > this.#openUntilNs
  }

  #open(nowNs: number): void {
    const { openNs, openMaxNs, forgetNs } = this.#parameters
    if (this.#rules.restGrows) {
      const forgotten = this.#rests === 0 ? 0 : Math.floor((nowNs - this.#closedSinceNs) / forgetNs)
      this.#rests = Math.max(0, this.#rests - forgotten) + 1
    }
    this.#state = BREAKER_OPEN
    this.#openUntilNs = nowNs + (this.#rules.restGrows ? Math.min(openMaxNs, openNs * this.#rests) : openNs)
  }

  /** Leaves the open state, if the rest is over. */
  #wake(nowNs: number, isOver: boolean): void {
    if (!isOver) return
    if (this.#rules.afterRest === 'closed') {
      const restedAtNs = this.#openUntilNs
      this.#close(nowNs)
      this.#closedSinceNs = restedAtNs
      return
    }
    this.#state = BREAKER_HALF_OPEN
    this.#trialsUnderWay = 0
    this.#trialSuccesses = 0
    if (this.#rules.trials === 'each') return
    this.#looksAt = this.#trialWindow
    this.#looksAt.clear()
  }

  #close(nowNs: number): void {
    this.#state = BREAKER_CLOSED
    this.#closedSinceNs = nowNs
    this.#looksAt = this.#window
    if (this.#rules.remembers === 'everything') return
    this.#window.clear()
    if (this.#rules.remembers === 'last_trial') this.#window.onResult(nowNs, false, false)
  }
}
