// Runs the resilience cases against the production breaker and backoffs, and names what is not offered yet.

import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from '../../../sim-core/components/policy/circuit-breaker.ts'
import {
  consecutive,
  CONSECUTIVE_DEFAULTS,
  CONSECUTIVE_PROFILES,
} from '../../../sim-core/components/policy/breakers/consecutive.ts'
import { msToNs } from '../../../sim-core/kernel/time.ts'
import { exactly } from '../oracle-case.ts'
import type { OracleAdapters, OracleCase, OracleOutcome } from '../oracle-case.ts'
import { runBackoffDistribution, runBackoffSequence } from './backoff-cases.ts'
import { runOccContention } from './occ-contention.ts'

/** cockatiel's words for the states. */
const STATE_NAMES = { [BREAKER_CLOSED]: 'closed', [BREAKER_OPEN]: 'open', [BREAKER_HALF_OPEN]: 'halfOpen' }

/** From here on a status is the server's fault. */
const SERVER_ERROR_STATUS = 500

type BreakerStep = readonly ['advance', number] | readonly ['call', number, 'ok' | 'err', number]

interface BreakerCase extends OracleCase {
  readonly config: { readonly threshold: number; readonly halfOpenAfter: number }
  readonly steps: readonly BreakerStep[]
  readonly expected: { readonly afterStep: readonly unknown[] }
}

interface Consecutive5xxCase extends OracleCase {
  readonly config: { readonly consecutive5xx: number }
  readonly input: { readonly statuses: readonly number[] }
}

/** A call under way: it ends at `dueMs` with a result. */
interface RunningCall {
  readonly id: number
  readonly result: 'ok' | 'err'
  readonly dueMs: number
}

/** Calls of some duration end while the script advances the clock, in order of their end. */
function runCockatielScript(testCase: OracleCase): OracleOutcome {
  const { config, steps, expected } = testCase as BreakerCase
  const breaker = consecutive.create({
    ...CONSECUTIVE_DEFAULTS,
    ...CONSECUTIVE_PROFILES.cockatiel,
    failureThreshold: config.threshold,
    openNs: msToNs(config.halfOpenAfter),
  })
  let nowMs = 0
  let running: RunningCall[] = []
  const afterStep = steps.map((step) => {
    const completions: [number, string][] = []
    if (step[0] === 'call') {
      const [, id, result, durationMs] = step
      if (breaker.tryAcquire(msToNs(nowMs))) running.push({ id, result, dueMs: nowMs + durationMs })
      else completions.push([id, 'rejected_open'])
    }
    const untilMs = step[0] === 'advance' ? nowMs + step[1] : nowMs
    const due = running.filter((call) => call.dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs || a.id - b.id)
    running = running.filter((call) => call.dueMs > untilMs)
    for (const call of due) {
      if (call.result === 'ok') breaker.onSuccess(msToNs(call.dueMs))
      else breaker.onFailure(msToNs(call.dueMs))
      completions.push([call.id, call.result])
    }
    nowMs = untilMs
    return [STATE_NAMES[breaker.state()], completions]
  })
  return exactly(expected.afterStep, afterStep)
}

/** Envoy's count of server errors in a row is the breaker's; ejection is its opening. */
function runConsecutive5xx(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as Consecutive5xxCase
  const breaker = consecutive.create({ ...CONSECUTIVE_DEFAULTS, failureThreshold: config.consecutive5xx })
  const ejectedAt = input.statuses.findIndex((status) => {
    if (status >= SERVER_ERROR_STATUS) breaker.onFailure(0)
    else breaker.onSuccess(0)
    return breaker.state() === BREAKER_OPEN
  })
  return exactly(testCase['expected'], { ejectedAtIndex: ejectedAt < 0 ? null : ejectedAt })
}

/** One adapter per kind of the resilience family. */
export const resilienceAdapters: OracleAdapters = {
  backoff_exponential: runBackoffSequence,
  backoff_randomised: runBackoffDistribution,
  backoff_distribution: runBackoffDistribution,
  scenario_occ_contention: (testCase, _file, options) => runOccContention(testCase, options),
  circuit_breaker: runCockatielScript,
  consecutive_5xx: runConsecutive5xx,
}

/** What tells cases of one kind apart: the library, and for breakers of a library with several the breaker. */
export function resilienceDetail(testCase: OracleCase): string {
  const config = testCase['config'] as { readonly breaker?: string } | undefined
  const library = String(testCase['library'])
  return config?.breaker === undefined ? library : `${library}/${config.breaker}`
}

/** Kinds with their detail that the product does not offer yet. */
export const resilienceNotOffered: readonly string[] = [
  'circuit_breaker resilience4j',
  'circuit_breaker opossum',
  'circuit_breaker cockatiel/count',
  'circuit_breaker cockatiel/sampling',
  'trip_decision hystrix',
  'sleep_window hystrix',
  'success_rate_threshold envoy-outlier',
  'ejection_time envoy-outlier',
  'max_ejection_percent envoy-outlier',
  'retry_budget envoy-retry-budget',
  'retry_throttle grpc-retry-throttling',
]
