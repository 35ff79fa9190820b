/** How a call policy is written in a scenario: timeouts, retries, hedges, breaker, limits and bulkhead. */
import { isMap, isScalar, isWord, list, named, oneOf, when } from '../../language/collections.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { checked, mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import type { KindSpec } from '../../language/kind-field.ts'
import { kindField } from '../../language/kind-field.ts'
import { choice, count, duration, flag, ratio, text } from '../../language/scalar-fields.ts'
import type { SectionDefinition } from '../../language/schema-context.ts'
import { adaptiveLimit } from '../../language/station-fields.ts'
import type { BackoffParameterId } from './backoff.ts'
import { BACKOFF_DEFAULTS, backoffParameters } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import { breakers } from './breaker-registry.ts'
import { budgets } from './budget-registry.ts'
import { BREAKER_DEFAULTS, breakerParameters } from './circuit-breaker.ts'
import { hedging } from './hedging.ts'
import { limiters } from './limiter-registry.ts'
import {
  backoffComplaints,
  breakerComplaints,
  budgetComplaints,
  bulkheadComplaints,
  policyComplaints,
} from './policy-complaints.ts'
import type { HedgeConfig } from './policy-config.ts'
import { policySteps } from './policy.steps.ts'
import { LIMITER_DEFAULTS, limiterParameters } from './rate-limiter.ts'
import type { BudgetParameterId } from './retry-budget.ts'
import { BUDGET_DEFAULTS, budgetParameters } from './retry-budget.ts'

/** Most tries of one call that may be given as a number; more is `unlimited`. */
const MAX_ATTEMPTS = 1_000

/** Most tries of one hedged call. */
const MAX_HEDGES = 10

/** Most calls under way, or waiting, that a bulkhead may allow. */
const MAX_BULKHEAD_CALLS = 1_000_000

/** Used where a retry names no backoff. */
const DEFAULT_BACKOFF = 'exponential'

function backoff() {
  const field = kindField({
    definitions: backoffs,
    parameters: backoffParameters,
    defaults: BACKOFF_DEFAULTS,
    help: 'How long to wait before each retry.',
  })
  return checked(field, backoffComplaints)
}

function retry() {
  const attempts = oneOf(
    [
      when(isWord('unlimited'), 'unlimited', choice(['unlimited'], { help: 'Tries until it succeeds.' }), 'Unlimited'),
      when(
        isScalar,
        'a count such as 3',
        count({ max: MAX_ATTEMPTS, help: 'Tries in all, the first one included.' }),
        'Number',
      ),
    ],
    { help: 'Tries in all, the first one included.' },
  )
  return fields(
    {
      attempts: withDefault(attempts, 3),
      backoff: withDefault(backoff(), DEFAULT_BACKOFF),
      on: optional(
        list(text({ maxLength: 64, help: 'A cause of failure.' }), {
          help: 'Only failures of these causes are tried again.',
        }),
        "every cause but the caller's own refusals",
      ),
      budget: optional(budget(), 'none'),
    },
    { help: 'Tries again after a failure.', check: pausesSomeTime },
  )
}

/** Tries without number and without pause would never end when they fail at once. */
function pausesSomeTime(spec: {
  readonly attempts: number | 'unlimited'
  readonly backoff: KindSpec<BackoffParameterId>
}): readonly PlacedComplaint[] {
  const { kind, parameters } = spec.backoff
  const pauses = kind !== 'none' && parameters.initialNs > 0 && parameters.maxNs > 0
  if (spec.attempts !== 'unlimited' || pauses) return []
  const message = 'unlimited attempts without a pause never end where every try fails at once'
  return [
    {
      code: 'contradiction',
      message,
      hint: 'give a backoff that takes time, or a number of attempts',
      path: ['backoff'],
    },
  ]
}

/** One breaker for each service that is called under the policy. */
function breaker() {
  const field = kindField({
    definitions: breakers,
    parameters: breakerParameters,
    defaults: BREAKER_DEFAULTS,
    help: 'Refuses calls to a service at once after too many failures.',
    kindByDefault: 'consecutive',
  })
  return checked(field, breakerComplaints)
}

/** What bounds retries or hedges as a share of all calls. */
function budget() {
  const field = kindField({
    definitions: budgets,
    parameters: budgetParameters,
    defaults: BUDGET_DEFAULTS,
    help: 'What bounds further tries when much fails at once.',
    kindByDefault: 'ratio',
  })
  const share = mapped(ratio({ help: 'Further tries per call.' }), (ratioOfCalls): KindSpec<BudgetParameterId> => {
    return { kind: 'ratio', parameters: { ...BUDGET_DEFAULTS, ratio: ratioOfCalls } }
  })
  const isShare = (input: unknown): boolean => typeof input === 'string' && input.trim().endsWith('%')
  const anyway = oneOf(
    [
      when(isShare, 'a share such as 10%', share, 'Share'),
      when((input) => isScalar(input) || isMap(input), 'grpc, or { kind: ratio, ratio: 10% }', field, 'By kind'),
    ],
    { help: 'What bounds further tries when much fails at once.' },
  )
  return checked(anyway, budgetComplaints)
}

/** Quantiles of latency after which a hedge may go out. */
const HEDGE_QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p99_9: 0.999 } as const
type HedgeQuantile = keyof typeof HEDGE_QUANTILES

function hedge() {
  const names = Object.keys(HEDGE_QUANTILES) as HedgeQuantile[]
  const quantile = mapped(
    choice(names, { help: 'The time within which this share of tries is answered, as found out on the way.' }),
    (name): HedgeConfig['after'] => ({ quantile: HEDGE_QUANTILES[name] }),
  )
  const delay = mapped(duration({ help: 'A fixed time.' }), (delayNs): HedgeConfig['after'] => ({ delayNs }))
  const isQuantile = (input: unknown): boolean => typeof input === 'string' && input.startsWith('p')
  const after = oneOf(
    [
      when(isQuantile, names.join(', or '), quantile, 'Quantile'),
      when(isScalar, 'a duration such as 30ms', delay, 'Time'),
    ],
    { help: 'After which time without an answer a further try goes out.' },
  )
  return fields(
    {
      after,
      attempts: withDefault(count({ min: 2, max: MAX_HEDGES, help: 'Tries in all, the first one included.' }), 2),
      budget: optional(budget(), 'none'),
    },
    { help: hedging.help },
  )
}

/** One bulkhead for each service that is called under the policy. */
function bulkhead() {
  const calls = count({ max: MAX_BULKHEAD_CALLS, help: 'Calls under way to one service at the same time.' })
  const full = fields(
    {
      calls: oneOf(
        [
          when(
            (input) => typeof input === 'number' || (typeof input === 'string' && /^\s*\d/u.test(input)),
            'a count such as 20',
            mapped(calls, (value) => ({ calls: value, adapt: undefined })),
            'Number',
          ),
          when(
            (input) => isScalar(input) || isMap(input),
            'gradient, or { kind: gradient, ... }',
            mapped(adaptiveLimit('Finds out by itself how many.'), (adapt) => ({ calls: adapt.parameters.max, adapt })),
            'Adaptive',
          ),
        ],
        { help: 'Calls under way to one service at the same time.' },
      ),
      queue: withDefault(count({ min: 0, max: MAX_BULKHEAD_CALLS, help: 'Calls that may wait for a place.' }), 0),
      wait: optional(duration({ above: 0, help: 'How long a call waits for a place.' }), 'as long as it takes'),
    },
    { help: 'Bounds the calls under way to one service.', check: bulkheadComplaints },
  )
  const short = mapped(calls, (value): OutputOf<typeof full> => ({
    calls: { calls: value, adapt: undefined },
    queue: 0,
  }))
  return oneOf(
    [
      when(isScalar, 'a count such as 20', short, 'Number'),
      when(isMap, '{ calls: 20, queue: 10, ... }', full, 'Detailed'),
    ],
    { help: 'Bounds the calls under way to one service.' },
  )
}

/** The schema of one policy. */
function policySchema() {
  return fields(
    {
      timeout: optional(duration({ above: 0, help: 'How long one try may take.' }), 'for ever'),
      call_timeout: optional(
        duration({ above: 0, help: 'How long a call may take, all its tries and pauses together.' }),
        'for ever',
      ),
      propagate: withDefault(
        flag({
          help: 'Whether the called side is told until when its caller waits, and hands that on; work that comes too late can then be dropped.',
        }),
        false,
      ),
      cancel: withDefault(
        flag({
          help: 'Whether work that nobody waits for any longer is stopped; otherwise it goes on and burns capacity.',
        }),
        false,
      ),
      retry: optional(retry(), 'one try'),
      hedge: optional(hedge(), 'one try at a time'),
      breaker: optional(breaker(), 'none'),
      limit: optional(
        kindField({
          definitions: limiters,
          parameters: limiterParameters,
          defaults: LIMITER_DEFAULTS,
          help: 'Bounds how often one service is called.',
        }),
        'none',
      ),
      bulkhead: optional(bulkhead(), 'none'),
    },
    { help: 'How a caller protects itself and what it calls.', check: policyComplaints },
  )
}

/** A parsed policy. */
export type PolicySpec = OutputOf<ReturnType<typeof policySchema>>

/** The section `policies`. */
export const policySection = {
  section: 'policies',
  label: 'Policies',
  help: 'How callers protect themselves and what they call: timeouts, retries, hedges, breakers, limits, bulkheads.',
  schema: () => named(policySchema(), { help: 'The policies, by name.' }),
  whenAbsent: {},
  steps: policySteps,
} as const satisfies SectionDefinition
