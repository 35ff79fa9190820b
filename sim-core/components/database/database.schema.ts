/** How a database is written in a scenario, and the step word `query`. */
import { isMap, isScalar, list, named, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { checked, mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { hintForName } from '../../language/nearest-name.ts'
import { choice, count, flag, ratio, text } from '../../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition, StepDefinition } from '../../language/schema-context.ts'
import { queryClassKind } from '../../language/schema-context.ts'
import { network, patienceHasEffect, pool, processorFields } from '../../language/station-fields.ts'

/** Most shards of one database, and most replicas of one shard. */
const MAX_SHARDS = 10_000
const MAX_REPLICAS = 1_000

function shards(context: SchemaContext) {
  return fields(
    {
      key: context.reference('keys', 'The population whose keys decide the shard.'),
      strategy: withDefault(
        choice(['hash'], { help: 'How a key finds its shard: crc32 of its decimal id, modulo the number of shards.' }),
        'hash',
      ),
      count: count({ max: MAX_SHARDS, help: 'Number of shards, each with its own primary and replicas.' }),
    },
    { help: 'Division of the rows over several servers.' },
  )
}

function primary() {
  return fields(
    {
      ...processorFields(1),
      pool: optional(pool('The connections that a primary accepts.'), 'unlimited'),
    },
    { help: 'The server that takes the writes; one for each shard.', check: patienceHasEffect },
  )
}

function replicas() {
  return fields(
    {
      count: count({ max: MAX_REPLICAS, help: 'Replicas of each primary.' }),
      ...processorFields(1),
      pool: optional(pool('The connections that one replica accepts.'), 'unlimited'),
      read_share: withDefault(
        ratio({ help: 'Share of the reads that replicas answer; the rest goes to the primary.' }),
        '100%',
      ),
      weights: optional(
        list(count({ max: 1_000_000, help: 'Weight of one replica.' }), { help: 'Weight of each replica in order.' }),
        'all 1',
      ),
    },
    {
      help: 'Servers that answer reads beside the primary.',
      check: (spec) => [...weightsFit(spec), ...patienceHasEffect(spec)],
    },
  )
}

function weightsFit(spec: {
  readonly count: number
  readonly weights?: readonly number[] | undefined
}): readonly PlacedComplaint[] {
  if (spec.weights === undefined || spec.weights.length === spec.count) return []
  const message = `there are ${spec.weights.length} weights for ${spec.count} replicas`
  return [{ code: 'contradiction', message, hint: 'give one weight for each replica', path: ['weights'] }]
}

function queryClass() {
  return fields(
    {
      kind: choice(['read', 'write'], { help: 'Reads may go to replicas, writes go to the primary.' }),
      demand: distributionOf('duration', { help: 'Time on a core of the server.' }),
      scatter: withDefault(flag({ help: 'Asks all shards at once and waits for every answer.' }), false),
    },
    { help: 'A kind of statement.' },
  )
}

/** The schema of one database. */
export function databaseSchema(context: SchemaContext) {
  return fields(
    {
      shards: optional(shards(context), 'one shard'),
      primary: withDefault(primary(), {}),
      replicas: optional(replicas(), 'none'),
      network: optional(network('Time on the way between a caller and the server.'), 'none'),
      classes: named(queryClass(), { help: 'The kinds of statement that it runs, by name.' }),
    },
    { help: 'A database: a primary, perhaps with replicas, perhaps divided into shards.' },
  )
}

/** A parsed database. */
export type DatabaseSpec = OutputOf<ReturnType<typeof databaseSchema>>

/** A parsed query class of a database. */
export type QueryClassSpec = DatabaseSpec['classes'][string]

function querySchema(context: SchemaContext) {
  const full = fields(
    {
      database: context.reference('databases', 'The database that is asked.'),
      class: text({ maxLength: 64, help: 'One of its classes.' }),
      key: optional(context.reference('keys', 'The population that the key comes from.'), 'that of the shards'),
    },
    { help: 'A statement with the key that it is about.' },
  )
  const existing = checked(full, (spec) => unknownClass(context, spec.database, spec.class))
  const short = mapped(
    context.member(queryClassKind, 'A class of a database.'),
    (member): OutputOf<typeof full> => member,
  )
  return oneOf(
    [
      when(isScalar, 'database.class', short, 'Class'),
      when(isMap, '{ database: orders_db, class: by_id, key: customers }', existing, 'With key'),
    ],
    { help: 'Sends a statement to a database and waits for the answer.' },
  )
}

function unknownClass(context: SchemaContext, database: string, name: string): readonly PlacedComplaint[] {
  if (context.names.ids('databases') === undefined) return []
  const known = context.names.members('databases', database, 'classes')
  if (known.includes(name)) return []
  const hint = hintForName(name, known, `${database} has no classes`)
  return [{ code: 'unknown-reference', message: `${database} has no class "${name}"`, hint, path: ['class'] }]
}

/** `- query: catalog_db.by_id` */
const queryStep: StepDefinition<QueryStepSpec> = {
  word: 'query',
  help: 'Sends a statement to a database and waits for the answer.',
  schema: querySchema,
}

/** What a query step parses to. */
export type QueryStepSpec = OutputOf<ReturnType<typeof querySchema>>

/** Every step word of databases. */
const databaseSteps: readonly StepDefinition[] = [queryStep]

/** The section `databases`. */
export const databaseSection = {
  section: 'databases',
  label: 'Databases',
  help: 'Primaries, replicas and shards, with the statements they run.',
  schema: (context: SchemaContext) => named(databaseSchema(context), { help: 'The databases, by name.' }),
  whenAbsent: {},
  steps: databaseSteps,
} as const satisfies SectionDefinition
