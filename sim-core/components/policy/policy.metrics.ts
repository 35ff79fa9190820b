// The figures of call policies as results show them.
import type { MetricDefinition } from '../../model/component-definition.ts'

const counter = (id: string, label: string, help: string): MetricDefinition => {
  return { id, label, unit: 'count', kind: 'counter', help }
}

/** Every figure of a policy; those of parts that it does not have are absent from results. */
export const policyMetrics: readonly MetricDefinition[] = [
  counter('calls', 'Calls', 'Calls made under the policy.'),
  counter('succeeded', 'Succeeded', 'Calls that were answered in time: the goodput.'),
  counter('tries', 'Tries', 'Tries of these calls, the first ones included.'),
  {
    id: 'tries_per_call',
    label: 'Tries per call',
    unit: 'factor',
    kind: 'ratio',
    of: 'tries',
    among: ['calls'],
    help: 'Retry amplification: what the called side gets per call made.',
  },
  counter('wasted', 'Wasted tries', 'Tries that were no use: failed, given up, or overtaken by another.'),
  {
    id: 'useful_tries',
    label: 'Useful tries',
    unit: 'ratio',
    kind: 'ratio',
    of: 'succeeded',
    among: ['succeeded', 'wasted'],
    help: 'Share of tries whose answer was taken.',
  },
  counter('timeouts', 'Timeouts', 'Tries or calls given up at their deadline.'),
  counter('retries_1', 'First retries', 'Second tries of a call.'),
  counter('retries_2', 'Second retries', 'Third tries of a call.'),
  counter('retries_3', 'Third retries', 'Fourth tries of a call.'),
  counter('retries_more', 'Later retries', 'Fifth and further tries of a call.'),
  counter('hedges', 'Hedges', 'Tries that went out while others of their call were under way, or after they failed.'),
  counter('no_budget', 'Beyond the budget', 'Further tries that were not made because the budget was used up.'),
  {
    id: 'budget_used',
    label: 'Budget used',
    unit: 'ratio',
    kind: 'gauge',
    help: 'Share of the budget that is used up.',
  },
  counter('refused', 'Refused', 'Tries that an open breaker refused.'),
  counter('breaker_opened', 'Breaker opened', 'Times that a breaker opened.'),
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
  counter('limited', 'Rate limited', 'Tries that the rate limit refused.'),
  {
    id: 'limit_used',
    label: 'Rate limit used',
    unit: 'ratio',
    kind: 'gauge',
    help: 'How much of what the rate limit grants is taken, for the service nearest to its limit.',
  },
  counter('bulkhead_full', 'Bulkhead full', 'Tries that found no place in the bulkhead, or waited too long for one.'),
  {
    id: 'calls_allowed',
    label: 'Calls allowed',
    unit: 'count',
    kind: 'gauge',
    help: 'Calls under way that an adaptive bulkhead allows at present.',
  },
]
