// The retry quota of the AWS SDKs.

import type { BudgetDefinition, BudgetParameters, RetryBudget } from '../retry-budget.ts'

/** What a success without retries brings back. */
const FIRST_TRY_REFUND = 1

class AwsQuota implements RetryBudget {
  private readonly parameters: BudgetParameters
  private tokens: number

  constructor(parameters: BudgetParameters) {
    this.parameters = parameters
    this.tokens = parameters.tokens
  }

  onCall(): void {
    // Only retries and successes count.
  }

  onCallEnd(): void {
    // Only retries and successes count.
  }

  onTryEnd(success: boolean, tries: number): void {
    if (!success) return
    const refund = tries > 1 ? this.parameters.cost : FIRST_TRY_REFUND
    this.tokens = Math.min(this.parameters.tokens, this.tokens + refund)
  }

  tryRetry(timedOut: boolean): boolean {
    const cost = timedOut ? this.parameters.timeoutCost : this.parameters.cost
    if (cost > this.tokens) return false
    this.tokens -= cost
    return true
  }

  onRetryEnd(): void {
    // What a retry costs it has paid.
  }

  left(): number {
    return this.tokens / this.parameters.tokens
  }
}

/** The catalogue entry of `aws`. */
export const awsQuota: BudgetDefinition = {
  id: 'aws',
  label: 'AWS SDKs: retry quota',
  help: 'Retries cost tokens, more after a timeout; a retry that succeeds brings its cost back, any other success one token.',
  source:
    'AWS SDKs and Tools Reference Guide, "Retry behavior", standard mode, 2024: 500 tokens, 5 a retry, 10 after a timeout.',
  differs: 'A success after retries brings back the cost of a plain one, whatever the last retry cost.',
  parameters: ['tokens', 'cost', 'timeoutCost'],
  defaults: { tokens: 500 },
  create: (parameters) => new AwsQuota(parameters),
}
