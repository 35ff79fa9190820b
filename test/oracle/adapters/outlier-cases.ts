// Runs cases of Envoy's outlier detection against the production detector's decisions.

import { mayEject, successRateThreshold } from '../../../sim-core/components/service/balancing/outlier-ejection.ts'
import { absolutely, allOf, exactly } from '../oracle-case.ts'
import type { OracleCase, OracleOutcome } from '../oracle-case.ts'

/** Envoy writes the factor of the standard deviation in thousandths. */
const FACTOR_SCALE = 1_000

const PERCENT = 100

/** The vectors print ten digits. */
const PRINTED = 1e-9

interface SuccessRateCase extends OracleCase {
  readonly config: { readonly successRateStdevFactor: number; readonly minimumHosts: number }
  readonly input: { readonly successRates: readonly number[] }
  readonly expected: { readonly average: number; readonly threshold: number; readonly ejected: readonly number[] }
}

/** Mean, threshold, and which hosts are below it; too few hosts are not judged. */
export function runSuccessRate(testCase: OracleCase): OracleOutcome {
  const { config, input, expected } = testCase as SuccessRateCase
  const { successRates } = input
  const { average, threshold } = successRateThreshold(successRates, config.successRateStdevFactor / FACTOR_SCALE)
  const isJudged = successRates.length >= config.minimumHosts
  const ejected = successRates.flatMap((rate, host) => (isJudged && rate < threshold ? [host] : []))
  return allOf([
    exactly(expected.ejected, ejected),
    absolutely({ average: expected.average, threshold: expected.threshold }, { average, threshold }, PRINTED * PERCENT),
  ])
}

interface MaxEjectionCase extends OracleCase {
  readonly config: { readonly hosts: number; readonly maxEjectionPercent: number }
  readonly input: { readonly alreadyEjected: number }
}

/** Whether one more host may be ejected. */
export function runMaxEjection(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as MaxEjectionCase
  const may = mayEject(input.alreadyEjected, config.hosts, config.maxEjectionPercent / PERCENT)
  return exactly(testCase['expected'], { mayEject: may })
}
