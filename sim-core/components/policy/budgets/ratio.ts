// The retry budget that every call adds a share of a retry to.

import type { BudgetDefinition, BudgetParameters, RetryBudget } from '../retry-budget.ts'

/** Parts of a retry that are counted, so that a tenth ten times is exactly one. */
const PARTS = 1_000_000

class RatioBudget implements RetryBudget {
  private readonly perCall: number
  private readonly max: number
  private parts: number

  constructor({ ratio, start, max }: BudgetParameters) {
    this.perCall = Math.round(ratio * PARTS)
    this.max = Math.round(max * PARTS)
    this.parts = Math.min(this.max, Math.round(start * PARTS))
  }

  onCall(): void {
    this.parts = Math.min(this.max, this.parts + this.perCall)
  }

  onCallEnd(): void {
    // Only what was asked for counts.
  }

  onTryEnd(): void {
    // Only what was asked for counts.
  }

  tryRetry(): boolean {
    if (this.parts < PARTS) return false
    this.parts -= PARTS
    return true
  }

  onRetryEnd(): void {
    // What a retry costs it has paid.
  }

  left(): number {
    return this.parts / this.max
  }
}

/** The catalogue entry of `ratio`. */
export const ratio: BudgetDefinition = {
  id: 'ratio',
  label: 'Share of calls',
  help: 'Every call adds a share of a retry, every retry takes one: in the long run retries are that share of the calls.',
  source:
    'B. Beyer and others (editors), "Site Reliability Engineering", 2016, chapter 21, "Handling Overload"; as a bucket with ' +
    'deposits per request in Finagle, RetryBudget.',
  differs: 'What is saved up does not expire.',
  parameters: ['ratio', 'start', 'max'],
  defaults: {},
  create: (parameters) => new RatioBudget(parameters),
}
