// Lists which resilience case is run by which adapter.

import type { OracleAdapters, OracleCase } from '../oracle-case.ts'
import { runBackoffDistribution, runBackoffSequence } from './backoff-cases.ts'
import {
  runCockatielScript,
  runConsecutive5xx,
  runEjectionTime,
  runResilience4jScript,
  runSleepWindow,
  runTripDecision,
} from './breaker-scripts.ts'
import { runEnvoyBudget, runGrpcThrottle } from './budget-cases.ts'
import { runOccContention } from './occ-contention.ts'
import { runOpossumScript } from './opossum-scripts.ts'
import { runMaxEjection, runSuccessRate } from './outlier-cases.ts'

/** One adapter per kind of the resilience family. */
export const resilienceAdapters: OracleAdapters = {
  backoff_exponential: runBackoffSequence,
  backoff_randomised: runBackoffDistribution,
  backoff_distribution: runBackoffDistribution,
  scenario_occ_contention: (testCase, _file, options) => runOccContention(testCase, options),
  'circuit_breaker resilience4j': runResilience4jScript,
  'circuit_breaker opossum': runOpossumScript,
  circuit_breaker: runCockatielScript,
  trip_decision: runTripDecision,
  sleep_window: runSleepWindow,
  consecutive_5xx: runConsecutive5xx,
  ejection_time: runEjectionTime,
  success_rate_threshold: runSuccessRate,
  max_ejection_percent: runMaxEjection,
  retry_budget: runEnvoyBudget,
  retry_throttle: runGrpcThrottle,
}

/** What tells cases of one kind apart: the library, and for breakers of a library with several the breaker. */
export function resilienceDetail(testCase: OracleCase): string {
  const config = testCase['config'] as { readonly breaker?: string } | undefined
  const library = String(testCase['library'])
  return config?.breaker === undefined ? library : `${library}/${config.breaker}`
}
