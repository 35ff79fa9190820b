// What in a call policy contradicts itself: parameters that each are possible, and together never do anything.
import type { PlacedComplaint } from '../../language/field.ts'
import type { KindSpec } from '../../language/kind-field.ts'
import { formatDuration, formatRatio } from '../../language/units.ts'
import type { BackoffParameterId } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import type { BreakerParameterId } from './circuit-breaker.ts'
import type { HedgeConfig } from './policy-config.ts'
import type { BudgetParameterId } from './retry-budget.ts'

/** Kinds of breaker that open when a share is reached, which none at all does from the first call on. */
const OPENS_AT_SHARE = ['count_window', 'time_window', 'resilience4j', 'resilience4j_time', 'hystrix']

/** Kinds of breaker that open when a share is exceeded, which all calls together cannot do. */
const OPENS_ABOVE_SHARE = ['opossum', 'cockatiel_count', 'cockatiel_sampling']

/** A breaker that never opens, or always does. */
export function breakerComplaints({ kind, parameters }: KindSpec<BreakerParameterId>): readonly PlacedComplaint[] {
  const { calls, minimumCalls, failureRatio, slowRatio, openNs, openMaxNs } = parameters
  if (kind === 'cockatiel_count' && minimumCalls > calls) {
    const message = `it never opens: it remembers ${calls} calls and waits for ${minimumCalls}`
    return [contradiction('minimum_calls', message, 'ask for at most as many calls')]
  }
  if (kind === 'envoy' && openMaxNs < openNs) {
    const message = `no rest is as long as ${formatDuration(openNs)} where none is longer than ${formatDuration(openMaxNs)}`
    return [contradiction('open_max', message, 'make open_max at least open')]
  }
  if (OPENS_ABOVE_SHARE.includes(kind) && failureRatio === 1) {
    const message = 'it never opens: no more than all calls can fail'
    return [contradiction('failure_rate', message, `give a share below ${formatRatio(1)}, which is to be exceeded`)]
  }
  if (!OPENS_AT_SHARE.includes(kind)) return []
  const shares = [
    ['failure_rate', failureRatio],
    ['slow_rate', slowRatio],
  ] as const
  return shares.flatMap(([key, share]) => {
    const message = 'it always opens: a share of 0% is reached without any such call'
    return share === 0 ? [contradiction(key, message, 'give a share above 0%')] : []
  })
}

/** A longest delay that is shorter than the first one. */
export function backoffComplaints({ kind, parameters }: KindSpec<BackoffParameterId>): readonly PlacedComplaint[] {
  const { initialNs, maxNs } = parameters
  const isBound = backoffs.some(({ id, parameters: read }) => id === kind && read.includes('maxNs'))
  if (!isBound || initialNs <= maxNs) return []
  const message = `the first delay of ${formatDuration(initialNs)} is above the longest one, ${formatDuration(maxNs)}`
  return [contradiction('max', message, `make max at least ${formatDuration(initialNs)}`)]
}

/** A budget that is above its own bound, or that no retry can be paid from. */
export function budgetComplaints({ kind, parameters }: KindSpec<BudgetParameterId>): readonly PlacedComplaint[] {
  const { start, max, cost, tokens } = parameters
  if (kind === 'ratio' && start > max) {
    return [
      contradiction('start', `it starts with ${start} retries and saves up at most ${max}`, 'make start at most max'),
    ]
  }
  if (kind !== 'aws' || cost <= tokens) return []
  const message = `no retry is ever made: one costs ${cost} tokens, and there are at most ${tokens}`
  return [contradiction('cost', message, 'make cost at most tokens')]
}

/** A time to wait in a bulkhead's queue that has no places. */
export function bulkheadComplaints(spec: {
  readonly queue: number
  readonly waitNs?: number | undefined
}): readonly PlacedComplaint[] {
  if (spec.waitNs === undefined || spec.queue > 0) return []
  const message = 'nobody can wait: the queue has no places'
  return [contradiction('wait', message, 'give queue the number of calls that may wait, or leave wait away')]
}

/** Parts of a policy that exclude one another. */
export function policyComplaints(spec: {
  readonly timeoutNs?: number | undefined
  readonly callTimeoutNs?: number | undefined
  readonly retry?: unknown
  readonly hedge?: { readonly after: HedgeConfig['after'] } | undefined
}): readonly PlacedComplaint[] {
  const { timeoutNs, callTimeoutNs = Infinity, retry, hedge } = spec
  if (hedge !== undefined && retry !== undefined) {
    const hint = 'leave out retry: a hedge follows a failed try at once'
    return [contradiction('hedge', 'a call is either retried or hedged', hint)]
  }
  if (hedge !== undefined && timeoutNs !== undefined) {
    return [contradiction('timeout', 'tries of a hedged call have no time of their own', 'write call_timeout instead')]
  }
  if (hedge !== undefined && 'delayNs' in hedge.after && hedge.after.delayNs >= callTimeoutNs) {
    const message = 'no hedge ever goes out: the call is given up before'
    return [{ ...contradiction('hedge', message, 'make after shorter than call_timeout'), path: ['hedge', 'after'] }]
  }
  if (timeoutNs === undefined || timeoutNs < callTimeoutNs) return []
  return [
    contradiction('timeout', 'one try may take as long as the whole call', 'make timeout shorter than call_timeout'),
  ]
}

function contradiction(key: string, message: string, hint: string): PlacedComplaint {
  return { code: 'contradiction', message, hint, path: [key] }
}
