// Runs cases of retry budgets against the production budgets.

import { budgets } from '../../../sim-core/components/policy/budget-registry.ts'
import type { BudgetParameters, RetryBudget } from '../../../sim-core/components/policy/retry-budget.ts'
import { BUDGET_DEFAULTS } from '../../../sim-core/components/policy/retry-budget.ts'
import { exactly } from '../oracle-case.ts'
import type { OracleCase, OracleOutcome } from '../oracle-case.ts'

const PERCENT = 100

function budgetOf(id: string, given: Partial<BudgetParameters>): RetryBudget {
  const definition = budgets.find((candidate) => candidate.id === id)
  if (definition === undefined) throw new Error(`no budget ${id}`)
  return definition.create({ ...BUDGET_DEFAULTS, ...definition.defaults, ...given })
}

interface EnvoyCase extends OracleCase {
  readonly config: { readonly budgetPercent: number; readonly minRetryConcurrency: number }
  readonly input: { readonly activePlusPendingRequests: number }
}

/** Envoy: how many retries may be made while so many calls are under way. */
export function runEnvoyBudget(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as EnvoyCase
  const budget = budgetOf('envoy', {
    ratio: config.budgetPercent / PERCENT,
    minRetries: config.minRetryConcurrency,
  })
  for (let call = 0; call < input.activePlusPendingRequests; call++) budget.onCall()
  let maxConcurrentRetries = 0
  while (budget.tryRetry(false)) maxConcurrentRetries++
  return exactly(testCase['expected'], { maxConcurrentRetries })
}

interface GrpcCase extends OracleCase {
  readonly config: { readonly maxTokens: number; readonly tokenRatio: number }
  readonly input: { readonly outcomes: readonly ('ok' | 'fail')[] }
}

/** gRPC: whether a retry is allowed after each outcome. */
export function runGrpcThrottle(testCase: OracleCase): OracleOutcome {
  const { config, input } = testCase as GrpcCase
  const budget = budgetOf('grpc', { tokens: config.maxTokens, refund: config.tokenRatio })
  const retryAllowedAfterEach = input.outcomes.map((outcome) => {
    budget.onTryEnd(outcome === 'ok', 1)
    return budget.tryRetry(false)
  })
  const wanted = (testCase['expected'] as { readonly retryAllowedAfterEach: unknown }).retryAllowedAfterEach
  return exactly(wanted, retryAllowedAfterEach)
}
