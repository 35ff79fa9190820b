/** How a content delivery network is written in a scenario: its locations, its clients, and what lies between them. */
import { keyed, list, named } from '../../language/collections.ts'
import { capacity, keyAmount } from '../../language/capacity-field.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import { contradiction } from '../../language/contradiction.ts'
import type { Field, OutputOf, PlacedComplaint } from '../../language/field.ts'
import { checked, mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { hintForName } from '../../language/nearest-name.ts'
import { choice, duration, flag, number, ratio, text } from '../../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition } from '../../language/schema-context.ts'
import { formatRatio } from '../../language/units.ts'
import { evictionPolicies } from '../cache/eviction/registry.ts'
import { cdnSteps } from './cdn.steps.ts'
import type { Coordinates } from './great-circle.ts'

/** Most locations of one network, and most places of clients: more than any operator has cities. */
const MAX_PLACES = 1_000

/** How far shares that must make a whole may be from it: a tenth of a percent. */
const SHARE_SLACK = 0.001

/** What results call the shield; no location may have the name. */
const SHIELD = 'shield'

/**
 * Round trip for 1000 km of distance: messages advance by at most 4/9 of the speed of light along the great circle, which
 * is that of light in fibre (2/3) over the detours that cables and routes make.
 * Source: E. Katz-Bassett et al., "Towards IP Geolocation Using Delay and Topology Measurements", IMC 2006.
 */
const DEFAULT_ROUND_TRIP = '15ms'

function coordinates(help: string): Field<Coordinates> {
  const degrees = number({ min: -180, max: 180, help: 'Degrees.', examples: [24.7136] })
  const pair = checked(list(degrees, { min: 2, max: 2, help }), ([latitude = 0]) =>
    Math.abs(latitude) <= 90
      ? []
      : [
          {
            code: 'out-of-range',
            message: `${latitude} degrees is no latitude`,
            hint: 'the latitude stands first, from -90 to 90, and then the longitude, from -180 to 180',
            path: [0],
          },
        ],
  )
  return mapped(pair, ([latitude = 0, longitude = 0]) => ({ latitude, longitude }))
}

function location() {
  return fields(
    {
      at: coordinates('Latitude and longitude in degrees, north and east positive.'),
      capacity: optional(capacity({ help: 'Room of its cache.' }), 'that of all locations'),
    },
    { help: 'A city in which the network has servers.' },
  )
}

function clients() {
  const place = fields(
    {
      at: optional(coordinates('Latitude and longitude in degrees.'), 'not known: they go to the default location'),
      share: ratio({ help: 'Share of the fetches that come from there.' }),
    },
    { help: 'Clients that live in one place.' },
  )
  return named(place, { min: 1, help: 'Where clients are, by name of the place.' })
}

function shield() {
  return fields(
    {
      at: coordinates('Latitude and longitude in degrees.'),
      capacity: optional(capacity({ help: 'Room of its cache.' }), 'that of all locations'),
    },
    { help: 'A second cache that all locations ask before anything goes to the origin.' },
  )
}

function network() {
  const schema = fields(
    {
      round_trip_per_1000km: withDefault(
        duration({ help: 'Round trip for 1000 km of distance, detours of the cables included.' }),
        DEFAULT_ROUND_TRIP,
      ),
      last_mile: optional(
        distributionOf('duration', { help: 'Round trip between a client and the network of its provider.' }),
        'none',
      ),
    },
    { help: 'Time on the way.' },
  )
  return mapped(schema, ({ roundTripPer_1000kmNs, lastMileNs }) => ({
    nsPerKm: roundTripPer_1000kmNs / 1000,
    lastMileNs,
  }))
}

function propagation() {
  return fields(
    {
      delay: optional(
        distributionOf('duration', { help: 'Time until a push or a purge has arrived at a location.' }),
        'none',
      ),
      failure: withDefault(
        ratio({ help: 'Share of the pushed objects and of the purges that a location misses.' }),
        '0%',
      ),
    },
    { help: 'How pushes and purges reach the locations.' },
  )
}

function push(context: SchemaContext) {
  const population = context.reference('keys', 'A population of keys.')
  const amount = keyAmount({ help: 'How many of the most popular keys.', min: 0 })
  return keyed(population, amount, {
    help: 'Objects that are sent to every location when the run starts: the most popular keys of each population.',
  })
}

/** The schema of one content delivery network. */
function cdnSchema(context: SchemaContext) {
  return fields(
    {
      locations: named(location(), { min: 1, help: 'The edges: cities with a cache each, by name.' }),
      default: optional(
        text({ maxLength: 64, help: 'The location of clients whose place is not known.' }),
        'all places are known',
      ),
      clients: clients(),
      origin: fields(
        { at: coordinates('Latitude and longitude in degrees.') },
        { help: 'Where the objects come from.' },
      ),
      capacity: capacity({ help: 'Room of the cache of one location, in entries or in bytes.' }),
      eviction: withDefault(
        choice(
          evictionPolicies.map(({ id }) => id),
          { help: 'What is thrown out when a cache is full.', entries: evictionPolicies },
        ),
        'lru',
      ),
      ttl: duration({ above: 0, help: 'How long an object may be served after the origin answered with it.' }),
      shield: optional(shield(), 'locations ask the origin'),
      collapse: withDefault(
        flag({ help: 'Whether a location has one fetch per key under way at most, and the others wait for it.' }),
        true,
      ),
      network: withDefault(network(), {}),
      propagation: withDefault(propagation(), {}),
      push: optional(push(context), 'nothing'),
    },
    {
      help: 'A content delivery network: caches near the clients, in front of an origin.',
      check: (spec) => [...placesFit(spec), ...sharesFit(spec), ...defaultFits(spec)],
    },
  )
}

interface CdnFields {
  readonly locations: Readonly<Record<string, unknown>>
  readonly clients: Readonly<Record<string, { readonly at?: Coordinates | undefined; readonly shareRatio: number }>>
  readonly default?: string | undefined
  readonly shield?: unknown
}

function placesFit({ locations, clients: places, shield: shieldSpec }: CdnFields): readonly PlacedComplaint[] {
  const tooMany = Object.entries({ locations, clients: places }).flatMap(
    ([key, entries]): readonly PlacedComplaint[] => {
      const found = Object.keys(entries).length
      if (found <= MAX_PLACES) return []
      return [
        { code: 'out-of-range', message: `there are ${found} places`, hint: `give at most ${MAX_PLACES}`, path: [key] },
      ]
    },
  )
  if (shieldSpec === undefined || !Object.hasOwn(locations, SHIELD)) return tooMany
  const message = 'a location and the shield would have the same name in results'
  return [...tooMany, contradiction(message, 'give the location another name', ['locations', SHIELD])]
}

function sharesFit({ clients: places }: CdnFields): readonly PlacedComplaint[] {
  const total = Object.values(places).reduce((sum, { shareRatio }) => sum + shareRatio, 0)
  if (Math.abs(total - 1) <= SHARE_SLACK) return []
  return [contradiction(`the shares add up to ${formatRatio(total)}`, 'make them 100% together', ['clients'])]
}

function defaultFits({ default: id, locations, clients: places }: CdnFields): readonly PlacedComplaint[] {
  const known = Object.keys(locations)
  const lost = Object.entries(places).find(([, { at }]) => at === undefined)
  if (id === undefined) {
    if (lost === undefined) return []
    const message = `the clients ${lost[0]} have no coordinates, and there is no default location`
    return [
      {
        code: 'missing',
        message,
        hint: `add default: ${known[0] ?? 'location'}, or give them at`,
        path: ['clients', lost[0]],
      },
    ]
  }
  if (!known.includes(id)) {
    const hint = hintForName(id, known, 'there are no locations')
    return [{ code: 'unknown-reference', message: `there is no location "${id}"`, hint, path: ['default'] }]
  }
  if (lost !== undefined) return []
  return [contradiction('all clients have coordinates, so none goes to the default', 'leave default away', ['default'])]
}

/** A parsed network. */
export type CdnSpec = OutputOf<ReturnType<typeof cdnSchema>>

/** The section `cdns`. */
export const cdnSection = {
  section: 'cdns',
  label: 'CDNs',
  help: 'Content delivery networks: caches near the clients, in front of an origin.',
  schema: (context: SchemaContext) => named(cdnSchema(context), { help: 'The networks, by name.' }),
  whenAbsent: {},
  steps: cdnSteps,
} as const satisfies SectionDefinition
