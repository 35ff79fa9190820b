// Declares call policies: timeout, retries with backoff, circuit breaker.
import { CAUSE_BREAKER_OPEN, CAUSE_CANCELLED, CAUSE_IN_FLIGHT_LIMIT, CAUSES_MAX } from '../../kernel/outcome.ts'
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition } from '../../model/component-definition.ts'
import type { PolicyConfig } from './policy.model.ts'
import { PolicyModel } from './policy.model.ts'
import type { PolicySpec } from './policy.schema.ts'
import { policySection } from './policy.schema.ts'

/** Not worth another try: the breaker refuses on purpose, the caller is gone, or the run itself is full. */
const NEVER_RETRIED: ReadonlySet<number> = new Set([0, CAUSE_BREAKER_OPEN, CAUSE_CANCELLED, CAUSE_IN_FLIGHT_LIMIT])

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
  steps: {},
  metrics: [
    { id: 'calls', label: 'Calls', unit: 'count', kind: 'counter', help: 'Calls made under the policy.' },
    {
      id: 'tries',
      label: 'Tries',
      unit: 'count',
      kind: 'counter',
      help: 'Tries of these calls, the first ones included.',
    },
    {
      id: 'tries_per_call',
      label: 'Tries per call',
      unit: 'factor',
      kind: 'ratio',
      of: 'tries',
      among: ['calls'],
      help: 'Retry amplification: what the called side gets per call made.',
    },
    { id: 'timeouts', label: 'Timeouts', unit: 'count', kind: 'counter', help: 'Tries given up at their deadline.' },
    { id: 'refused', label: 'Refused', unit: 'count', kind: 'counter', help: 'Tries that an open breaker refused.' },
    {
      id: 'breaker_opened',
      label: 'Breaker opened',
      unit: 'count',
      kind: 'counter',
      help: 'Times that a breaker opened.',
    },
    {
      id: 'breakers_open',
      label: 'Breakers open',
      unit: 'breakers',
      kind: 'gauge',
      help: 'Breakers that refuse every try, at the end of each bucket.',
    },
    {
      id: 'breakers_trying',
      label: 'Breakers trying',
      unit: 'breakers',
      kind: 'gauge',
      help: 'Breakers that let a few tries through to see whether the other side is back.',
    },
  ],
  compile(_id, spec, context): PlanValue {
    const { timeoutNs, cancel, retry, breaker } = spec as PolicySpec
    const config: PolicyConfig = {
      timeoutNs,
      cancel,
      retry: retry && {
        triesMax: retry.attempts === 'unlimited' ? Number.MAX_SAFE_INTEGER : retry.attempts,
        retriedCauses: retry.on === undefined ? everyRetriedCause() : retry.on.map((name) => context.cause(name)),
        backoff: retry.backoff,
      },
      breaker,
    }
    return config as unknown as PlanValue
  },
  create: (config, context) => new PolicyModel(config as unknown as PolicyConfig, context),
}

/** Every cause there can be, those that `fail` steps name included. */
function everyRetriedCause(): number[] {
  return Array.from({ length: CAUSES_MAX }, (_, cause) => cause).filter((cause) => !NEVER_RETRIED.has(cause))
}
