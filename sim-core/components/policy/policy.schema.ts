/** How a call policy is written in a scenario: timeout, retries with their backoff, and a circuit breaker. */
import { isScalar, isWord, list, named, oneOf, when } from '../../language/collections.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import type { KindSpec } from '../../language/kind-field.ts'
import { kindField } from '../../language/kind-field.ts'
import { choice, count, duration, flag, text } from '../../language/scalar-fields.ts'
import type { SectionDefinition } from '../../language/schema-context.ts'
import type { BackoffParameterId } from './backoff.ts'
import { BACKOFF_DEFAULTS, backoffParameters } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import { breakers } from './breaker-registry.ts'
import { BREAKER_DEFAULTS, breakerParameters } from './circuit-breaker.ts'

/** Most tries of one call that may be given as a number; more is `unlimited`. */
const MAX_ATTEMPTS = 1_000

/** Used where a retry names no backoff. */
const DEFAULT_BACKOFF = 'exponential'

function backoff() {
  return kindField({
    definitions: backoffs,
    parameters: backoffParameters,
    defaults: BACKOFF_DEFAULTS,
    help: 'How long to wait before each retry.',
  })
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
        'every cause',
      ),
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
  return kindField({
    definitions: breakers,
    parameters: breakerParameters,
    defaults: BREAKER_DEFAULTS,
    help: 'Refuses calls to a service at once after too many failures.',
    kindByDefault: 'consecutive',
  })
}

/** The schema of one policy. */
function policySchema() {
  return fields(
    {
      timeout: optional(duration({ above: 0, help: 'How long one try may take.' }), 'for ever'),
      cancel: withDefault(
        flag({
          help: 'Whether work that nobody waits for any longer is stopped; otherwise it goes on and burns capacity.',
        }),
        false,
      ),
      retry: optional(retry(), 'one try'),
      breaker: optional(breaker(), 'none'),
    },
    { help: 'How a caller protects itself: timeout, retries, circuit breaker.' },
  )
}

/** A parsed policy. */
export type PolicySpec = OutputOf<ReturnType<typeof policySchema>>

/** The section `policies`. */
export const policySection = {
  section: 'policies',
  label: 'Policies',
  help: 'How callers protect themselves: timeouts, retries, circuit breakers.',
  schema: () => named(policySchema(), { help: 'The policies, by name.' }),
  whenAbsent: {},
  steps: [],
} as const satisfies SectionDefinition
