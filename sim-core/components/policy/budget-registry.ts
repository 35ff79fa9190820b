// The retry budgets on offer; a new one is its file, its test and one line here.

import { invariant } from '../../kernel/invariant.ts'
import { awsQuota } from './budgets/aws.ts'
import { envoyBudget } from './budgets/envoy.ts'
import { grpc } from './budgets/grpc.ts'
import { ratio } from './budgets/ratio.ts'
import type { BudgetDefinition, BudgetParameters, RetryBudget } from './retry-budget.ts'

/** Every retry budget, in the order in which it is listed to the user. */
export const budgets: readonly BudgetDefinition[] = [ratio, grpc, envoyBudget, awsQuota]

/** A retry budget in a plan: the id of its kind, and every parameter, whether the kind reads it or not. */
export interface BudgetConfig {
  readonly kind: string
  readonly parameters: BudgetParameters
}

/** Makes the budget that a configuration names. */
export function createBudget({ kind, parameters }: BudgetConfig): RetryBudget {
  const definition = budgets.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed retry budget')
  return definition.create(parameters)
}
