/** Weights of endpoints as a scenario writes them, for the mix of a source and for the transitions of a journey. */
import { keyed } from '../language/collections.ts'
import { readWeight } from '../language/distribution-text.ts'
import { contradiction } from '../language/contradiction.ts'
import type { Field, PlacedComplaint } from '../language/field.ts'
import { checked, leaf, mapped } from '../language/field.ts'
import { quoted } from '../language/quantity.ts'
import { memberInput, readMember } from '../language/references.ts'
import type { MemberReference, SchemaContext } from '../language/schema-context.ts'
import { endpointKind } from '../language/schema-context.ts'
import { formatRatio } from '../language/units.ts'

/** The endpoint of a service, as references parse. */
export type EndpointReference = MemberReference<'service', 'endpoint'>

/** An endpoint with its share of a whole, 0 to 1. */
export interface EndpointShare extends EndpointReference {
  readonly share: number
}

/** How far shares that must make a whole may be from it: a tenth of a percent. */
export const SHARE_SLACK = 0.001

/** A weight as written, and whether it was a share of the whole. */
interface Weight {
  readonly value: number
  readonly isShare: boolean
}

/** One weight: `60%`, or a plain number. */
function weight(help: string): Field<Weight> {
  return leaf(
    (input) => {
      const reading = readWeight(input)
      if ('complaint' in reading) return reading
      const isShare = typeof input === 'string' && input.trim().endsWith('%')
      if (reading.value >= 0 && (!isShare || reading.value <= 1)) return { value: { value: reading.value, isShare } }
      const hint = 'write a share from 0% to 100%, or a weight of 0 or more'
      return { complaint: { code: 'out-of-range', message: `${quoted(input)} is no share`, hint } }
    },
    {
      type: 'share or weight',
      help,
      suffix: '',
      range: 'from 0% to 100%, or a number of 0 or more',
      json: { type: ['string', 'number'], examples: ['60%', 60] },
      input: { kind: 'quantity', quantity: 'ratio', isWhole: false, bounds: { min: 0 } },
    },
  )
}

/** Endpoints by name with their weights, as shares of the whole. Percentages must add up to 100%. */
export function endpointWeights(context: SchemaContext, help: string): Field<readonly EndpointShare[]> {
  const weights = checked(keyed(endpointName(context), weight('Share of this endpoint.'), { help }), (spec) => [
    ...wholeComplaints(Object.values(spec)),
    ...duplicateComplaints(context, Object.keys(spec)),
  ])
  return mapped(weights, (spec) => {
    const total = Object.values(spec).reduce((sum, { value }) => sum + value, 0)
    return Object.entries(spec).flatMap(([name, { value }]) =>
      referencesOf(context, name).map((reference) => ({ ...reference, share: value / total })),
    )
  })
}

/** A key that names an endpoint; it stays as written until the whole map is known to be right. */
export function endpointName(context: SchemaContext): Field<string> {
  return leaf(
    (input) => {
      const reading = readMember(context.names, endpointKind, input)
      return 'complaint' in reading ? reading : { value: String(input) }
    },
    {
      type: '`endpoint` or `service.endpoint`',
      help: 'An endpoint.',
      suffix: '',
      json: { type: 'string' },
      input: memberInput(endpointKind),
    },
  )
}

/** The endpoint that a name stands for, as a list of one; names that were refused give none. */
export function referencesOf(context: SchemaContext, name: string): readonly EndpointReference[] {
  const reading = readMember(context.names, endpointKind, name)
  return 'value' in reading ? [reading.value] : []
}

/** Complaints about percentages that do not make a whole, about weights of nothing, and about a mixture of both. */
function wholeComplaints(weights: readonly Weight[]): readonly PlacedComplaint[] {
  const total = weights.reduce((sum, { value }) => sum + value, 0)
  const shares = weights.filter(({ isShare }) => isShare).length
  if (shares > 0 && shares < weights.length) {
    return [contradiction('shares and plain weights are mixed', 'write all of them with % or none')]
  }
  if (total <= 0) return [contradiction('the shares add up to nothing', 'give at least one a share above 0')]
  if (shares === 0 || Math.abs(total - 1) <= SHARE_SLACK) return []
  return [
    contradiction(`the shares add up to ${formatRatio(total)}`, 'make them 100% together, or write plain weights'),
  ]
}

function duplicateComplaints(context: SchemaContext, names: readonly string[]): readonly PlacedComplaint[] {
  const seen = new Set<string>()
  return names.flatMap((name) =>
    referencesOf(context, name).flatMap(({ service, endpoint }) => {
      const id = `${service}.${endpoint}`
      if (!seen.has(id)) {
        seen.add(id)
        return []
      }
      return [{ ...contradiction(`${id} has two shares`, 'add them up in one entry'), path: [name] }]
    }),
  )
}
