/** How the journey of a user is written in a scenario: a sequence of endpoints, or a Markov chain over them. */
import { contradiction } from '../language/contradiction.ts'
import { isList, isMap, keyed, list, oneOf, when } from '../language/collections.ts'
import type { Field, PlacedComplaint } from '../language/field.ts'
import { checked, leaf, mapped } from '../language/field.ts'
import { fields } from '../language/fields.ts'
import { memberInput, readMember } from '../language/references.ts'
import type { SchemaContext } from '../language/schema-context.ts'
import { endpointKind } from '../language/schema-context.ts'
import { ratio } from '../language/scalar-fields.ts'
import { formatRatio } from '../language/units.ts'
import type { EndpointReference, EndpointShare } from './endpoint-weights.ts'
import { SHARE_SLACK, endpointName, referencesOf } from './endpoint-weights.ts'

/** Where a journey goes from one endpoint; what the shares lack to a whole is the chance that it ends. */
export interface JourneyStepSpec {
  readonly from: EndpointReference
  readonly transitions: readonly EndpointShare[]
}

/** A parsed journey. */
export type JourneyFieldSpec =
  | { readonly kind: 'sequence'; readonly steps: readonly EndpointReference[] }
  | { readonly kind: 'markov'; readonly start: EndpointReference; readonly next: readonly JourneyStepSpec[] }

/** The word that ends a journey; no endpoint can be meant by it. */
const END = 'end'

/** Most steps of a sequence. */
const MAX_STEPS = 1_000

/** The journey of a source of traffic. */
export function journey(context: SchemaContext): Field<JourneyFieldSpec> {
  const sequence = list(context.member(endpointKind, 'An endpoint.'), {
    max: MAX_STEPS,
    help: 'Endpoints one after the other.',
  })
  const markov = fields(
    { start: context.member(endpointKind, 'Where a journey starts.'), next: nextSteps(context) },
    { help: 'A Markov chain over endpoints.' },
  )
  return oneOf(
    [
      when(
        isList,
        '[search_products, get_product]',
        mapped(sequence, (steps): JourneyFieldSpec => ({ kind: 'sequence', steps })),
        'Sequence',
      ),
      when(
        isMap,
        '{ start: search, next: { search: { get_product: 70%, end: 30% } } }',
        mapped(markov, (spec): JourneyFieldSpec => ({ kind: 'markov', ...spec })),
        'Markov chain',
      ),
    ],
    { help: 'What one user does: a sequence, or a Markov chain whose missing share ends the journey.' },
  )
}

function nextSteps(context: SchemaContext): Field<readonly JourneyStepSpec[]> {
  const shares = keyed(targetName(context), ratio({ help: 'Share of the users that go there.' }), {
    help: 'Where users go next.',
  })
  const transitions = checked(shares, (spec) => atMostWhole(Object.values(spec)))
  const next = keyed(endpointName(context), transitions, {
    help: 'For each endpoint, where users go next; no entry ends the journey.',
  })
  return mapped(next, (spec) =>
    Object.entries(spec).flatMap(([name, targets]) =>
      referencesOf(context, name).map((from) => ({ from, transitions: sharesOf(context, targets) })),
    ),
  )
}

function sharesOf(context: SchemaContext, targets: Readonly<Record<string, number>>): readonly EndpointShare[] {
  // Shares may exceed a whole by rounding; the chain of the engine must not.
  const total = Math.max(
    1,
    Object.values(targets).reduce((sum, share) => sum + share, 0),
  )
  return Object.entries(targets)
    .filter(([name]) => name !== END)
    .flatMap(([name, share]) => referencesOf(context, name).map((to) => ({ ...to, share: share / total })))
}

function targetName(context: SchemaContext): Field<string> {
  const names = endpointName(context)
  return leaf(
    (input) => {
      if (input === END) return { value: END }
      const reading = readMember(context.names, endpointKind, input)
      return 'complaint' in reading ? reading : { value: String(input) }
    },
    { ...names.field, type: '`endpoint`, `service.endpoint` or `end`', input: memberInput(endpointKind, [END]) },
  )
}

function atMostWhole(shares: readonly number[]): readonly PlacedComplaint[] {
  const total = shares.reduce((sum, share) => sum + share, 0)
  if (total <= 1 + SHARE_SLACK) return []
  return [
    contradiction(
      `the shares add up to ${formatRatio(total)}`,
      'make them at most 100% together; what is missing ends the journey',
    ),
  ]
}
