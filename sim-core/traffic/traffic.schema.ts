/** How a source of traffic is written in a scenario: open with a rate, or closed with users. */
import type { DistributionSpec } from '../distributions/registry.ts'
import { contradiction } from '../language/contradiction.ts'
import { hasKey, isScalar, list, named, oneOf, when } from '../language/collections.ts'
import { distributionOf } from '../language/distribution-field.ts'
import type { Field, OutputOf, PlacedComplaint } from '../language/field.ts'
import { checked, mapped, optional, withDefault } from '../language/field.ts'
import { fields } from '../language/fields.ts'
import { choice, duration, number, rate, ratio } from '../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition } from '../language/schema-context.ts'
import { network } from '../language/station-fields.ts'
import { formatRatio } from '../language/units.ts'
import { SHARE_SLACK, endpointWeights } from './endpoint-weights.ts'
import { journey } from './journey.schema.ts'
import { profile } from './profile.schema.ts'

/** Priorities run from 0, served first, to this one. */
const MAX_PRIORITY = 15

/** Most multiplication of a rate by season or growth: beyond it the base rate is the wrong one. */
const MAX_MULTIPLIER = 10_000

/** How arrivals are spaced; the rate over time stands in `rate`, except for the last two, which bring their own. */
export type ArrivalFieldSpec =
  | { readonly kind: 'poisson' | 'deterministic' }
  | { readonly kind: 'bursty'; readonly factor: number; readonly share: number; readonly meanBurstNs: number }
  | { readonly kind: 'mmpp'; readonly phases: readonly { readonly perSecond: number; readonly meanNs: number }[] }
  | { readonly kind: 'interarrival'; readonly distribution: DistributionSpec }

function arrivals(): Field<ArrivalFieldSpec> {
  const word = choice(['poisson', 'deterministic'], { help: 'Independent arrivals, or evenly spaced ones.' })
  const burst = fields(
    {
      factor: number({
        above: 0,
        max: MAX_MULTIPLIER,
        help: 'Rate in a burst over the rate in the calm.',
        examples: [4],
      }),
      share: ratio({ above: 0, max: 0.999, help: 'Share of the time that is burst.', examples: ['20%'] }),
      mean_burst: duration({ above: 0, help: 'Mean length of a burst.', examples: ['30s'] }),
    },
    { help: 'Bursts and calm of random length; the mean rate stays as given.' },
  )
  const bursty = mapped(
    fields({ bursty: burst }, { help: 'Bursty arrivals.' }),
    ({ bursty: spec }): ArrivalFieldSpec => ({
      kind: 'bursty',
      factor: spec.factor,
      share: spec.shareRatio,
      meanBurstNs: spec.meanBurstNs,
    }),
  )
  const phase = fields(
    {
      rate: rate({ help: 'Rate in this phase.' }),
      mean: duration({ above: 0, help: 'Mean length of the phase.', examples: ['10s'] }),
    },
    { help: 'One phase.' },
  )
  const phases = list(
    mapped(phase, (spec) => ({ perSecond: spec.ratePerSecond, meanNs: spec.meanNs })),
    { max: 100, help: 'Phases that follow one another in a ring.' },
  )
  const mmpp = mapped(
    fields({ mmpp: phases }, { help: 'Poisson arrivals whose rate changes with a phase.' }),
    (spec): ArrivalFieldSpec => ({
      kind: 'mmpp',
      phases: spec.mmpp,
    }),
  )
  const gap = distributionOf('duration', { help: 'Time between two arrivals.' })
  const interarrival = mapped(
    fields({ interarrival: gap }, { help: 'Independent gaps.' }),
    (spec): ArrivalFieldSpec => ({
      kind: 'interarrival',
      distribution: spec.interarrivalNs,
    }),
  )
  return oneOf(
    [
      when(
        isScalar,
        'poisson, or deterministic',
        mapped(word, (kind): ArrivalFieldSpec => ({ kind })),
        'By name',
      ),
      when(hasKey('bursty'), '{ bursty: { factor: 4, share: 20%, mean_burst: 30s } }', bursty, 'Bursty'),
      when(hasKey('mmpp'), '{ mmpp: [{ rate: 1737/s, mean: 10s }, ...] }', mmpp, 'MMPP'),
      when(hasKey('interarrival'), '{ interarrival: uniform(1ms, 3ms) }', interarrival, 'Gaps'),
    ],
    { help: 'How arrivals are spaced. `mmpp` and `interarrival` stand in place of `rate`.' },
  )
}

function growth() {
  return fields(
    {
      per_year: ratio({ above: -1, max: 100, help: 'Growth of the rate in one year.', examples: ['50%'] }),
      years: withDefault(number({ min: 0, max: 100, help: 'Years from now.' }), 1),
    },
    { help: 'Growth until the time that the scenario looks at.' },
  )
}

function regions() {
  const shares = named(ratio({ help: 'Share of the requests from this region.' }), {
    help: 'Where requests come from, shares by region.',
  })
  return checked(shares, (spec) => {
    const total = Object.values(spec).reduce((sum, share) => sum + share, 0)
    if (Math.abs(total - 1) <= SHARE_SLACK) return []
    return [contradiction(`the shares add up to ${formatRatio(total)}`, 'make them 100% together')]
  })
}

/** The schema of one source of traffic. */
function trafficSchema(context: SchemaContext) {
  return fields(
    {
      rate: optional(profile('rate', 'Requests, or journeys, that start per second: open traffic.')),
      growth: optional(growth(), 'none'),
      multiplier: withDefault(
        number({ min: 0, max: MAX_MULTIPLIER, help: 'Season: what the rate is multiplied by.' }),
        1,
      ),
      arrivals: withDefault(arrivals(), 'poisson'),
      batch: withDefault(
        distributionOf('number', { help: 'Requests per arrival, rounded to whole ones, at least 1.' }),
        1,
      ),
      users: optional(profile('users', 'Users that wait for each answer before they go on: closed traffic.')),
      think: optional(
        distributionOf('duration', { help: 'Pause of a user between an answer and the next request.' }),
        'none',
      ),
      mix: optional(endpointWeights(context, 'Which endpoints are called, by share.')),
      journey: optional(journey(context)),
      regions: optional(regions()),
      network: optional(network('Time on the way between the client and the load balancer.'), 'none'),
      policy: optional(
        context.reference('policies', 'Timeout and retries of the client itself.'),
        'waits for ever, no retry',
      ),
      priority: withDefault(
        number({ min: 0, max: MAX_PRIORITY, help: 'Priority of the requests, 0 is served first.' }),
        0,
      ),
    },
    { help: 'A source of requests.', check: oneKindOfTraffic },
  )
}

/** A parsed source of traffic. */
export type TrafficSpec = OutputOf<ReturnType<typeof trafficSchema>>

interface TrafficFields {
  readonly rate?: unknown
  readonly users?: unknown
  readonly mix?: unknown
  readonly journey?: unknown
  readonly arrivals: ArrivalFieldSpec
}

function oneKindOfTraffic(spec: TrafficFields): readonly PlacedComplaint[] {
  const bringsRate = spec.arrivals.kind === 'mmpp' || spec.arrivals.kind === 'interarrival'
  const sources = [spec.rate, spec.users, bringsRate ? spec.arrivals : undefined].filter(
    (source) => source !== undefined,
  )
  const complaints: PlacedComplaint[] = []
  if (sources.length === 0) {
    complaints.push({
      ...contradiction('a source needs a rate or users', 'add rate: 100/s, or users: 200'),
      code: 'missing',
    })
  }
  if (sources.length > 1) {
    complaints.push(
      contradiction(
        'a source has only one of rate, users, arrivals.mmpp and arrivals.interarrival',
        'make two sources of it',
      ),
    )
  }
  if (spec.mix === undefined && spec.journey === undefined) {
    complaints.push({
      ...contradiction('a source needs a mix or a journey', 'add mix: { endpoint: 100% }'),
      code: 'missing',
    })
  }
  if (spec.mix !== undefined && spec.journey !== undefined) {
    complaints.push(contradiction('a source has either a mix or a journey', 'make two sources of it'))
  }
  return complaints
}

/** The section `traffic`. */
export const trafficSection = {
  section: 'traffic',
  label: 'Traffic',
  help: 'Where requests come from: open sources with a rate, closed ones with users.',
  schema: (context: SchemaContext) =>
    named(trafficSchema(context), { help: 'The sources of traffic, by name.', min: 1 }),
  steps: [],
} as const satisfies SectionDefinition
