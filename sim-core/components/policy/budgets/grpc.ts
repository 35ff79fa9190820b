// gRPC's retry throttling: tokens that failures take and successes bring back.

import type { BudgetDefinition, BudgetParameters, RetryBudget } from '../retry-budget.ts'

/** The proposal keeps three decimal digits of a token. */
const PARTS = 1_000

class GrpcThrottle implements RetryBudget {
  private readonly max: number
  private readonly refund: number
  private parts: number

  constructor({ tokens, refund }: BudgetParameters) {
    this.max = Math.round(tokens * PARTS)
    this.refund = Math.floor(refund * PARTS + 0.5)
    this.parts = this.max
  }

  onCall(): void {
    // Only results count.
  }

  onCallEnd(): void {
    // Only results count.
  }

  onTryEnd(success: boolean): void {
    this.parts = success ? Math.min(this.max, this.parts + this.refund) : Math.max(0, this.parts - PARTS)
  }

  tryRetry(): boolean {
    return this.parts > this.max / 2
  }

  onRetryEnd(): void {
    // Only results count.
  }

  left(): number {
    return this.parts / this.max
  }
}

/** The catalogue entry of `grpc`. */
export const grpc: BudgetDefinition = {
  id: 'grpc',
  label: 'gRPC: retry throttling',
  help: 'A failed try costs a token, a success brings back part of one; retries are made while more than half are there.',
  source:
    'gRPC proposal A6, "Client Retries", 2017, "Throttling Retry Attempts and Hedged RPCs": token_count - 1 on failure, ' +
    'token_count + tokenRatio on success, retry while token_count > maxTokens / 2.',
  differs: '',
  parameters: ['tokens', 'refund'],
  defaults: { tokens: 10, refund: 0.1 },
  create: (parameters) => new GrpcThrottle(parameters),
}
