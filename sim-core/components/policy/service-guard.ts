// What stands between callers and one service that they call under a policy: breaker, rate limiter, bulkhead, budget.

import type { Kernel } from '../../kernel/kernel.ts'
import type { ConcurrencyConfig } from '../../kernel/shedding/concurrency-registry.ts'
import { Slots } from '../../kernel/slots.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import type { RetryBudget } from './retry-budget.ts'
import { createBudget } from './budget-registry.ts'
import { createBreaker } from './breaker-registry.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { createLimiter } from './limiter-registry.ts'
import type { BulkheadConfig, PolicyConfig } from './policy-config.ts'
import type { RateLimiter } from './rate-limiter.ts'

/** The guards of calls to one service. */
export class ServiceGuard {
  /** Id of the service. */
  readonly service: string
  readonly breaker: CircuitBreaker | undefined
  readonly limiter: RateLimiter | undefined
  readonly bulkhead: Slots | undefined
  readonly budget: RetryBudget | undefined

  /** @param meter of all bulkheads of the policy; there whenever it has one */
  constructor(service: string, config: PolicyConfig, kernel: Kernel, meter: StationMeter | undefined) {
    const budget = (config.hedge ?? config.retry)?.budget
    this.service = service
    this.breaker = config.breaker && createBreaker(config.breaker)
    this.limiter = config.limit && createLimiter(config.limit)
    this.budget = budget && createBudget(budget)
    this.bulkhead = config.bulkhead && meter && bulkheadOf(config.bulkhead, kernel, meter)
  }
}

function bulkheadOf({ calls, adapt, queue, waitNs }: BulkheadConfig, kernel: Kernel, meter: StationMeter): Slots {
  meter.changeServers(kernel.nowNs, slotsOf(calls, adapt))
  return new Slots(kernel, meter, 'fifo', {
    servers: slotsOf(calls, adapt),
    capacity: queue,
    patience: waitNs === undefined ? undefined : { next: () => waitNs },
    adapt,
  })
}

/** An adaptive limit moves below its own maximum. */
function slotsOf(calls: number, adapt: ConcurrencyConfig | undefined): number {
  return adapt === undefined ? calls : adapt.parameters.max
}
