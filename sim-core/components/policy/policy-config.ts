// A call policy as it stands in a plan: plain data in base units.

import type { ConcurrencyConfig } from '../../kernel/shedding/concurrency-registry.ts'
import type { BackoffParameters } from './backoff.ts'
import type { BreakerConfig } from './breaker-registry.ts'
import type { BudgetConfig } from './budget-registry.ts'
import type { LimiterConfig } from './limiter-registry.ts'

/** Which failures are tried again, how often, after what delay, and within which budget. */
export interface RetryConfig {
  readonly triesMax: number
  readonly retriedCauses: readonly number[]
  readonly backoff: { readonly kind: string; readonly parameters: BackoffParameters }
  readonly budget: BudgetConfig | undefined
}

/** When a further try is made while the ones before are still under way. */
export interface HedgeConfig {
  /** After this time, or after the time within which this share of tries is answered. */
  readonly after: { readonly delayNs: number } | { readonly quantile: number }
  readonly triesMax: number
  readonly budget: BudgetConfig | undefined
}

/** How many calls may be under way at the same time. */
export interface BulkheadConfig {
  readonly calls: number
  readonly adapt: ConcurrencyConfig | undefined
  /** Places for calls that wait. */
  readonly queue: number
  readonly waitNs: number | undefined
}

/** A policy in a plan. */
export interface PolicyConfig {
  /** How long one try may take. */
  readonly timeoutNs: number | undefined
  /** How long a call may take, all its tries and pauses together. */
  readonly callTimeoutNs: number | undefined
  /** Whether the called side is told until when its caller waits, and a caller's own deadline is kept to. */
  readonly propagate: boolean
  /** Whether work that nobody waits for any longer is stopped. */
  readonly cancel: boolean
  readonly retry: RetryConfig | undefined
  readonly hedge: HedgeConfig | undefined
  readonly breaker: BreakerConfig | undefined
  readonly limit: LimiterConfig | undefined
  readonly bulkhead: BulkheadConfig | undefined
}
