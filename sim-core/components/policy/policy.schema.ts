/** How a call policy is written in a scenario: timeout, retries with their backoff, and a circuit breaker. */
import { isMap, isScalar, isWord, list, named, oneOf, unknownKind, when } from '../../language/collections.ts'
import type { AnyField, Field, OutputOf, PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { choice, count, duration, flag, number, ratio, text } from '../../language/scalar-fields.ts'
import type { SectionDefinition } from '../../language/schema-context.ts'
import { formatDuration, formatNumber, formatRatio } from '../../language/units.ts'
import type { BackoffParameterId, BackoffParameters } from './backoff.ts'
import { backoffParameters } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import { breakers } from './breaker-registry.ts'
import type { BreakerConfig } from './breaker-registry.ts'
import { CONSECUTIVE_DEFAULTS } from './breakers/consecutive.ts'

/** Most tries of one call that may be given as a number; more is `unlimited`. */
const MAX_ATTEMPTS = 1_000

/** Highest count of failures or successes that a breaker may wait for. */
const MAX_BREAKER_COUNT = 1_000_000

/** Used where a retry names no backoff. */
const DEFAULT_BACKOFF = 'exponential'

/** A backoff: the id of its algorithm, and every parameter, whether the algorithm reads it or not. */
export interface BackoffSpec {
  readonly id: string
  readonly parameters: BackoffParameters
}

/** The key by which a scenario writes each parameter. */
const parameterKeys: Readonly<Record<BackoffParameterId, string>> = {
  initialNs: 'initial',
  maxNs: 'max',
  multiplier: 'multiplier',
  jitterRatio: 'jitter',
  resolutionNs: 'resolution',
}

function parameterField(id: BackoffParameterId): AnyField {
  const { unit, min, max, defaultValue, help } = backoffParameters[id]
  if (unit === 'ns') return withDefault(duration({ min, help }), formatDuration(defaultValue))
  return id === 'jitterRatio'
    ? withDefault(ratio({ min, max, help }), formatRatio(defaultValue))
    : withDefault(number({ min, max, help }), formatNumber(defaultValue))
}

function defaultParameters(): BackoffParameters {
  const { initialNs, maxNs, multiplier, jitterRatio, resolutionNs } = backoffParameters
  return {
    initialNs: initialNs.defaultValue,
    maxNs: maxNs.defaultValue,
    multiplier: multiplier.defaultValue,
    jitterRatio: jitterRatio.defaultValue,
    resolutionNs: resolutionNs.defaultValue,
  }
}

function backoffOfKind(definition: (typeof backoffs)[number]): Field<BackoffSpec> {
  const { id, help, parameters } = definition
  const own = Object.fromEntries(parameters.map((name) => [parameterKeys[name], parameterField(name)]))
  const schema = fields({ kind: choice([id], { help: 'Which backoff.' }), ...own }, { help })
  return mapped(schema, (spec) => {
    const given = spec as unknown as Readonly<Record<string, number>>
    const read = Object.fromEntries(parameters.map((name) => [name, given[parsedKey(name)]]))
    return { id, parameters: { ...defaultParameters(), ...read } }
  })
}

/** The key to which a parameter's field parses: that of the scenario with the unit suffix of the field. */
function parsedKey(id: BackoffParameterId): string {
  return parameterKeys[id] + parameterField(id).field.suffix
}

function backoff(): Field<BackoffSpec> {
  const ids = backoffs.map(({ id }) => id)
  const word = choice(ids, { help: 'How long to wait before each retry.', entries: backoffs })
  const short = mapped(word, (id): BackoffSpec => ({ id, parameters: defaultParameters() }))
  const byKind = backoffs.map((definition) => {
    const matches = (input: unknown): boolean => isMap(input) && input['kind'] === definition.id
    return when(matches, `{ kind: ${definition.id}, ... }`, backoffOfKind(definition), definition.label)
  })
  return oneOf([when(isScalar, ids.join(', or '), short, 'By name'), ...byKind], {
    help: 'How long to wait before each retry.',
    otherwise: unknownKind(ids),
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
  readonly backoff: BackoffSpec
}): readonly PlacedComplaint[] {
  const { id, parameters } = spec.backoff
  const pauses = id !== 'none' && parameters.initialNs > 0 && parameters.maxNs > 0
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
function breaker(): Field<BreakerConfig> {
  const { failureThreshold, openNs, trialCallsMax, successThreshold } = CONSECUTIVE_DEFAULTS
  const countOf = (help: string) => count({ max: MAX_BREAKER_COUNT, help })
  const schema = fields(
    {
      kind: withDefault(
        choice(
          breakers.map(({ id }) => id),
          { help: 'What opens it.', entries: breakers },
        ),
        CONSECUTIVE_DEFAULTS.kind,
      ),
      failures: withDefault(countOf('Failures in a row that open it.'), failureThreshold),
      open: withDefault(duration({ above: 0, help: 'How long it refuses calls once open.' }), formatDuration(openNs)),
      successes: withDefault(countOf('Successes that close it again.'), successThreshold),
      trials: withDefault(countOf('Trial calls under way at the same time after the rest.'), trialCallsMax),
    },
    { help: 'Refuses calls to a service at once after too many failures.' },
  )
  return mapped(schema, (spec) => ({
    kind: CONSECUTIVE_DEFAULTS.kind,
    failureThreshold: spec.failures,
    openNs: spec.openNs,
    trialCallsMax: spec.trials,
    successThreshold: spec.successes,
  }))
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
