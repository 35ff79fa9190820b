// Envoy's retry budget: retries under way as a share of the calls under way.

import type { BudgetDefinition, BudgetParameters, RetryBudget } from '../retry-budget.ts'

/** Digits that a percentage keeps, so that 0.07 is 7 % and not a little more. */
const PERCENT_DIGITS = 12

class EnvoyBudget implements RetryBudget {
  private readonly percent: number
  private readonly minRetries: number
  private calls = 0
  private retries = 0

  constructor({ ratio, minRetries }: BudgetParameters) {
    this.percent = Number((100 * ratio).toPrecision(PERCENT_DIGITS))
    this.minRetries = minRetries
  }

  onCall(): void {
    this.calls++
  }

  onCallEnd(): void {
    this.calls--
  }

  onTryEnd(): void {
    // Only what is under way counts.
  }

  tryRetry(): boolean {
    if (this.retries >= this.retriesMax()) return false
    this.retries++
    return true
  }

  onRetryEnd(): void {
    this.retries--
  }

  left(): number {
    const max = this.retriesMax()
    return max === 0 ? 0 : Math.max(0, 1 - this.retries / max)
  }

  private retriesMax(): number {
    return Math.max(this.minRetries, Math.floor((this.percent * this.calls) / 100))
  }
}

/** The catalogue entry of `envoy`. */
export const envoyBudget: BudgetDefinition = {
  id: 'envoy',
  label: 'Envoy: retry budget',
  help: 'Retries under way are at most a share of the calls under way, or a few where there are hardly any.',
  source:
    'Envoy 1.31 documentation, "Circuit breakers", retry_budget, 2024: max(min_retry_concurrency, budget_percent of active ' +
    'and pending requests).',
  differs: 'Pauses before retries count as under way.',
  parameters: ['ratio', 'minRetries'],
  defaults: { ratio: 0.2, minRetries: 3 },
  create: (parameters) => new EnvoyBudget(parameters),
}
