// Declares call policies: timeouts, retries and hedges with their budgets, breaker, rate limit, bulkhead.
import {
  CAUSE_BREAKER_OPEN,
  CAUSE_BULKHEAD_FULL,
  CAUSE_CANCELLED,
  CAUSE_IN_FLIGHT_LIMIT,
  CAUSE_RATE_LIMITED,
  CAUSES_MAX,
} from '../../kernel/outcome.ts'
import type { PlanValue } from '../../kernel/program.ts'
import type { CompileContext, ComponentDefinition } from '../../model/component-definition.ts'
import type { PolicyConfig } from './policy-config.ts'
import { policyMetrics } from './policy.metrics.ts'
import { PolicyModel } from './policy.model.ts'
import type { PolicySpec } from './policy.schema.ts'
import { policySection } from './policy.schema.ts'
import { policyStepCompilers } from './policy.step-compilers.ts'

/** Not worth another try: what the caller itself refuses, the caller is gone, or the run itself is full. */
const NEVER_RETRIED: ReadonlySet<number> = new Set([
  0,
  CAUSE_BREAKER_OPEN,
  CAUSE_RATE_LIMITED,
  CAUSE_BULKHEAD_FULL,
  CAUSE_CANCELLED,
  CAUSE_IN_FLIGHT_LIMIT,
])

export const policyComponent: ComponentDefinition = {
  kind: 'policy',
  presentation: {
    label: 'Policy',
    icon: 'shield',
    onCanvas: false,
    tab: { id: 'resilience', label: 'Resilience' },
    example: () => ({ timeout: '3s', retry: { attempts: 2 } }),
  },
  section: policySection,
  steps: policyStepCompilers,
  metrics: policyMetrics,
  compile: (_id, spec, context) => policyConfig(spec as PolicySpec, context) as unknown as PlanValue,
  create: (config, context) => new PolicyModel(config as unknown as PolicyConfig, context),
}

function policyConfig(spec: PolicySpec, context: CompileContext): PolicyConfig {
  const { timeoutNs, callTimeoutNs, propagate, cancel, retry, hedge, breaker, limit, bulkhead } = spec
  return {
    timeoutNs,
    callTimeoutNs,
    propagate,
    cancel,
    retry: retry && {
      triesMax: retry.attempts === 'unlimited' ? Number.MAX_SAFE_INTEGER : retry.attempts,
      retriedCauses: retry.on === undefined ? everyRetriedCause() : retry.on.map((name) => context.cause(name)),
      backoff: retry.backoff,
      budget: retry.budget,
    },
    hedge: hedge && { after: hedge.after, triesMax: hedge.attempts, budget: hedge.budget },
    breaker,
    limit,
    bulkhead: bulkhead && { ...bulkhead.calls, queue: bulkhead.queue, waitNs: bulkhead.waitNs },
  }
}

/** Every cause there can be, those that `fail` steps name included. */
function everyRetriedCause(): number[] {
  return Array.from({ length: CAUSES_MAX }, (_, cause) => cause).filter((cause) => !NEVER_RETRIED.has(cause))
}
