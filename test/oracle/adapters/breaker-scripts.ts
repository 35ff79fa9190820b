// Runs recorded scripts of circuit breaker libraries against the production breakers: names and units are translated.

import type { BreakerParameters, CircuitBreaker } from '../../../sim-core/components/policy/circuit-breaker.ts'
import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from '../../../sim-core/components/policy/circuit-breaker.ts'
import { breakerConfig, breakers, createBreaker } from '../../../sim-core/components/policy/breaker-registry.ts'
import { msToNs, NS_PER_SECOND } from '../../../sim-core/kernel/time.ts'
import { exactly } from '../oracle-case.ts'
import type { OracleCase, OracleOutcome } from '../oracle-case.ts'

/** How resilience4j calls the states. */
const UPPER_CASE = { [BREAKER_CLOSED]: 'CLOSED', [BREAKER_OPEN]: 'OPEN', [BREAKER_HALF_OPEN]: 'HALF_OPEN' }

/** How the libraries for JavaScript call the states. */
export const CAMEL_CASE = { [BREAKER_CLOSED]: 'closed', [BREAKER_OPEN]: 'open', [BREAKER_HALF_OPEN]: 'halfOpen' }

const PERCENT = 100

/** Digits of a percentage in the recordings. */
const PERCENT_DIGITS = 4

/** The production breaker of an id. Throws if nobody offers it. */
function breakerOf(id: string, given: Partial<BreakerParameters>): CircuitBreaker {
  const definition = breakers.find((candidate) => candidate.id === id)
  if (definition === undefined) throw new Error(`no breaker ${id}`)
  return createBreaker(breakerConfig(definition, given))
}

type Resilience4jStep = readonly ['advance', number] | readonly ['acquire'] | readonly ['success' | 'failure', number]

interface Resilience4jCase extends OracleCase {
  readonly config: {
    readonly slidingWindowType: 'COUNT_BASED' | 'TIME_BASED'
    readonly slidingWindowSize: number
    readonly minimumNumberOfCalls: number
    readonly failureRateThreshold: number
    readonly slowCallRateThreshold: number
    readonly slowCallDurationThresholdMs: number
    readonly waitDurationInOpenStateMs: number
    readonly permittedNumberOfCallsInHalfOpenState: number
    readonly startEpochMs: number
  }
  readonly steps: readonly Resilience4jStep[]
  readonly expected: { readonly afterStep: readonly unknown[] }
}

/** resilience4j: what its state machine and its metrics say after each step. */
export function runResilience4jScript(testCase: OracleCase): OracleOutcome {
  const { config, steps, expected } = testCase as Resilience4jCase
  const isTimed = config.slidingWindowType === 'TIME_BASED'
  const { minimumNumberOfCalls: minimumCalls, permittedNumberOfCallsInHalfOpenState: trials } = config
  const breaker = breakerOf(isTimed ? 'resilience4j_time' : 'resilience4j', {
    ...(isTimed ? { windowNs: config.slidingWindowSize * NS_PER_SECOND } : { calls: config.slidingWindowSize }),
    minimumCalls,
    failureRatio: config.failureRateThreshold / PERCENT,
    slowRatio: config.slowCallRateThreshold / PERCENT,
    slowNs: msToNs(config.slowCallDurationThresholdMs),
    openNs: msToNs(config.waitDurationInOpenStateMs),
    trials,
  })
  // The scripts begin at a whole second, which is all that matters of when they begin.
  let nowNs = msToNs(config.startEpochMs % 1000)
  let callsNeeded = isTimed ? minimumCalls : Math.min(minimumCalls, config.slidingWindowSize)
  const afterStep = steps.map((step) => {
    if (step[0] === 'advance') {
      nowNs += msToNs(step[1])
      return [UPPER_CASE[breaker.state(nowNs)]]
    }
    if (step[0] === 'acquire') {
      const before = breaker.state(nowNs)
      const permitted = breaker.tryAcquire(nowNs)
      if (breaker.state(nowNs) !== before) callsNeeded = Math.min(minimumCalls, trials)
      return [permitted, UPPER_CASE[breaker.state(nowNs)]]
    }
    if (step[0] === 'success') breaker.onSuccess(nowNs, msToNs(step[1]))
    else breaker.onFailure(nowNs, msToNs(step[1]))
    if (breaker.state(nowNs) === BREAKER_CLOSED)
      callsNeeded = isTimed ? minimumCalls : Math.min(minimumCalls, config.slidingWindowSize)
    return [UPPER_CASE[breaker.state(nowNs)], ...metricsOf(breaker, nowNs, callsNeeded)]
  })
  return exactly(expected.afterStep, afterStep)
}

/** Rates in percent, null below the minimum, then the counts. */
function metricsOf({ reading }: CircuitBreaker, nowNs: number, callsNeeded: number): (number | null)[] {
  const calls = reading.calls(nowNs)
  const percent = (count: number): number | null =>
    calls === 0 || calls < callsNeeded ? null : roundedFloat((PERCENT * count) / calls)
  const failures = reading.failures(nowNs)
  const slow = reading.slowCalls(nowNs)
  return [percent(failures), percent(slow), calls, failures, slow]
}

/** The library computes in single precision; the recording has four digits of it. */
function roundedFloat(value: number): number {
  return Number(Math.fround(value).toFixed(PERCENT_DIGITS))
}

/** One step of a script of calls. */
export type CallStep = readonly ['advance', number] | readonly ['call', number, 'ok' | 'err', number]

/** A script of calls with what the library said after each step. */
export interface CallScript extends OracleCase {
  readonly steps: readonly CallStep[]
  readonly expected: { readonly afterStep: readonly unknown[] }
}

/** A call under way: it ends at `dueMs` with a result, unless it is given up at `timeoutMs`. */
export interface RunningCall {
  readonly id: number
  readonly result: 'ok' | 'err'
  readonly startMs: number
  readonly dueMs: number
  readonly timeoutMs: number
}

interface CockatielCase extends CallScript {
  readonly config: {
    readonly breaker: 'consecutive' | 'count' | 'sampling'
    readonly threshold: number
    readonly halfOpenAfter: number
    readonly size?: number
    readonly minimumNumberOfCalls?: number
    readonly duration?: number
    readonly minimumRps?: number
  }
}

function cockatielBreaker({ config }: CockatielCase): CircuitBreaker {
  const openNs = msToNs(config.halfOpenAfter)
  if (config.breaker === 'consecutive') {
    return breakerOf('cockatiel_consecutive', { failures: config.threshold, openNs })
  }
  if (config.breaker === 'count') {
    const calls = config.size ?? 0
    const minimumCalls = config.minimumNumberOfCalls ?? calls
    return breakerOf('cockatiel_count', { calls, minimumCalls, failureRatio: config.threshold, openNs })
  }
  return breakerOf('cockatiel_sampling', {
    windowNs: msToNs(config.duration ?? 0),
    // Without a number the library asks for five failures a second.
    minimumPerSecond: config.minimumRps ?? 5 / config.threshold,
    failureRatio: config.threshold,
    openNs,
  })
}

/** cockatiel: calls of some duration end while the script advances the clock, in order of their end. */
export function runCockatielScript(testCase: OracleCase): OracleOutcome {
  const script = testCase as CockatielCase
  const breaker = cockatielBreaker(script)
  let nowMs = 0
  let running: RunningCall[] = []
  const afterStep = script.steps.map((step) => {
    const completions: [number, string][] = []
    if (step[0] === 'call') {
      const [, id, result, durationMs] = step
      const call = { id, result, startMs: nowMs, dueMs: nowMs + durationMs, timeoutMs: Infinity }
      if (breaker.tryAcquire(msToNs(nowMs))) running.push(call)
      else completions.push([id, 'rejected_open'])
    }
    const untilMs = step[0] === 'advance' ? nowMs + step[1] : nowMs
    const due = running.filter((call) => call.dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs || a.id - b.id)
    running = running.filter((call) => call.dueMs > untilMs)
    for (const call of due) {
      report(breaker, call, call.result === 'ok', call.dueMs)
      completions.push([call.id, call.result])
    }
    nowMs = untilMs
    return [CAMEL_CASE[breaker.state(msToNs(nowMs))], completions]
  })
  return exactly(script.expected.afterStep, afterStep)
}

/** Tells the breaker how a call has ended. */
export function report(breaker: CircuitBreaker, call: RunningCall, success: boolean, atMs: number): void {
  const durationNs = msToNs(atMs - call.startMs)
  if (success) breaker.onSuccess(msToNs(atMs), durationNs)
  else breaker.onFailure(msToNs(atMs), durationNs)
}

interface TripCase extends OracleCase {
  readonly config: {
    readonly requestVolumeThreshold: number
    readonly errorThresholdPercentage: number
    readonly rollingWindowMs: number
    readonly buckets: number
    readonly sleepWindowMs: number
  }
  readonly input: { readonly totalRequests: number; readonly errors: number }
}

/** Hystrix: calls that end in one window, successes first. */
export function runTripDecision(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as TripCase
  const breaker = breakerOf('hystrix', {
    windowNs: msToNs(config.rollingWindowMs),
    buckets: config.buckets,
    minimumCalls: config.requestVolumeThreshold,
    failureRatio: config.errorThresholdPercentage / PERCENT,
    openNs: msToNs(config.sleepWindowMs),
  })
  for (let call = 0; call < input.totalRequests; call++) breaker.tryAcquire(0)
  for (let call = input.errors; call < input.totalRequests; call++) breaker.onSuccess(0, 0)
  for (let call = 0; call < input.errors; call++) breaker.onFailure(0, 0)
  const calls = breaker.reading.calls(0)
  const errorPercentage = calls === 0 ? 0 : Math.floor((PERCENT * breaker.reading.failures(0)) / calls)
  return exactly(testCase['expected'], { errorPercentage, state: CAMEL_CASE[breaker.state(0)] })
}

interface SleepCase extends OracleCase {
  readonly config: { readonly sleepWindowMs: number }
  readonly input: {
    readonly msSinceOpened: number
    readonly concurrentAttempts: number
    readonly probeSucceeds: boolean | null
  }
}

/** Hystrix: how many of several attempts at once pass some time after it opened, and what the one that does decides. */
export function runSleepWindow(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as SleepCase
  const breaker = breakerOf('hystrix', { minimumCalls: 1, openNs: msToNs(config.sleepWindowMs) })
  breaker.tryAcquire(0)
  breaker.onFailure(0, 0)
  const nowNs = msToNs(input.msSinceOpened)
  let allowed = 0
  for (let attempt = 0; attempt < input.concurrentAttempts; attempt++) allowed += breaker.tryAcquire(nowNs) ? 1 : 0
  if (allowed > 0 && input.probeSucceeds === true) breaker.onSuccess(nowNs, 0)
  if (allowed > 0 && input.probeSucceeds === false) breaker.onFailure(nowNs, 0)
  const state = breaker.state(nowNs)
  const statsResetOnClose = state === BREAKER_CLOSED && breaker.reading.calls(nowNs) === 0
  return exactly(testCase['expected'], { allowed, stateAfter: CAMEL_CASE[state], statsResetOnClose })
}

/** From here on a status is the server's fault. */
const SERVER_ERROR_STATUS = 500

interface Consecutive5xxCase extends OracleCase {
  readonly config: { readonly consecutive5xx: number }
  readonly input: { readonly statuses: readonly number[] }
}

/** Envoy's count of server errors in a row; ejection is its opening. */
export function runConsecutive5xx(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as Consecutive5xxCase
  const breaker = breakerOf('envoy', { failures: config.consecutive5xx })
  const ejectedAt = input.statuses.findIndex((status) => {
    if (status >= SERVER_ERROR_STATUS) breaker.onFailure(0, 0)
    else breaker.onSuccess(0, 0)
    return breaker.state(0) === BREAKER_OPEN
  })
  return exactly(testCase['expected'], { ejectedAtIndex: ejectedAt < 0 ? null : ejectedAt })
}

interface EjectionTimeCase extends OracleCase {
  readonly config: { readonly baseEjectionTimeS: number; readonly maxEjectionTimeS: number }
  readonly input: { readonly timesEjected: number }
}

/** Envoy: how long the n-th ejection takes, when each follows at once on the one before. */
export function runEjectionTime(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as EjectionTimeCase
  const breaker = breakerOf('envoy', {
    failures: 1,
    openNs: config.baseEjectionTimeS * NS_PER_SECOND,
    openMaxNs: config.maxEjectionTimeS * NS_PER_SECOND,
  })
  let nowNs = 0
  let ejectionSeconds = 0
  for (let time = 0; time < input.timesEjected; time++) {
    breaker.onFailure(nowNs, 0)
    ejectionSeconds = (breaker.openUntilNs - nowNs) / NS_PER_SECOND
    nowNs = breaker.openUntilNs
  }
  return exactly(testCase['expected'], { ejectionSeconds })
}
