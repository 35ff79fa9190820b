/** How a cache is written in a scenario, and the step words `read` and `write`. */
import { isMap, isScalar, keyed, list, named, oneOf, when } from '../../language/collections.ts'
import { contradiction } from '../../language/contradiction.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { count, duration } from '../../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition, StepDefinition } from '../../language/schema-context.ts'
import { keyAmount } from '../../language/capacity-field.ts'
import { combinationComplaints, invalidationField, stampedeField, strategyField } from './strategy.schema.ts'
import { expiryComplaints } from './tier-checks.ts'
import { tierSchema } from './tier.schema.ts'

/** Most tiers of one cache. */
const MAX_TIERS = 16

/** Most loads at the same time of one cache that is warmed. */
const MAX_WARM_LOAD = 100_000

function warm(context: SchemaContext) {
  const amount = () => keyAmount({ min: 0, help: 'How many of the most popular keys are in the cache at the start.' })
  const population = context.reference('keys', 'A population of keys.')
  const perPopulation = keyed(population, amount(), { help: 'For each population of keys.' })
  return oneOf(
    [
      when(
        isMap,
        '{ products: 1000 }',
        mapped(perPopulation, (amounts) => ({ kind: 'by_population' as const, amounts })),
        'Per population',
      ),
      when(
        isScalar,
        '100%, or 1000',
        mapped(amount(), (value) => ({ kind: 'all' as const, amount: value })),
        'All keys',
      ),
    ],
    { help: 'What the cache holds at the start: the most popular keys of every population, or of each one named.' },
  )
}

/** The schema of one cache. */
export function cacheSchema(context: SchemaContext) {
  return fields(
    {
      strategy: withDefault(strategyField(), 'cache_aside'),
      stampede: withDefault(stampedeField(), 'none'),
      invalidation: optional(invalidationField(), 'event'),
      tiers: list(tierSchema(context), {
        max: MAX_TIERS,
        help: 'The layers, fastest first; a hit fills every layer before it.',
      }),
      warm: optional(warm(context), 'empty'),
      warm_load: optional(
        count({
          max: MAX_WARM_LOAD,
          help: 'How many of those keys are loaded at the same time, by the steps of their misses, once the run has started.',
        }),
        'all are there at once',
      ),
      negative: optional(
        duration({ above: 0, help: 'How long every tier remembers that the source lacks a key.' }),
        'not remembered',
      ),
    },
    {
      help: 'A cache of one or more layers in front of a slower source.',
      check: (spec) => [
        ...namesDiffer(spec.tiers),
        ...expiryComplaints(spec),
        ...combinationComplaints(spec),
        ...warmComplaints(spec),
      ],
    },
  )
}

/** A parsed cache. */
export type CacheSpec = OutputOf<ReturnType<typeof cacheSchema>>

function warmComplaints(spec: { readonly warm?: unknown; readonly warmLoad?: number | undefined }) {
  if (spec.warmLoad === undefined || spec.warm !== undefined) return []
  return [contradiction('warm_load needs warm', 'say in warm how many keys are loaded', ['warm_load'])]
}

function namesDiffer(tiers: readonly { readonly name: string }[]): readonly PlacedComplaint[] {
  return tiers.flatMap(({ name }, index) =>
    tiers.findIndex((other) => other.name === name) === index
      ? []
      : [contradiction(`two tiers are called ${name}`, 'give each tier its own name', ['tiers', index, 'name'])],
  )
}

function readSchema(context: SchemaContext) {
  return fields(
    {
      cache: context.reference('caches', 'The cache that is asked.'),
      key: context.reference('keys', 'The population that the key comes from.'),
      miss: context.steps(),
    },
    { help: 'Asks a cache; on a miss runs the steps and fills the cache.' },
  )
}

function writeSchema(context: SchemaContext) {
  return fields(
    {
      cache: context.reference('caches', 'The cache that learns of the write.'),
      key: context.reference('keys', 'The population that the key comes from.'),
      store: context.steps(),
    },
    { help: 'Runs the steps that store the value; the cache forgets or receives it, as its strategy says.' },
  )
}

/** `- read: { cache: product_cache, key: products, miss: { query: catalog_db.by_id } }` */
const readStep: StepDefinition<ReadStepSpec> = {
  word: 'read',
  help: 'Asks a cache; on a miss runs the steps and fills the cache.',
  schema: readSchema,
}

/** `- write: { cache: product_cache, key: products, store: { query: catalog_db.update } }` */
const writeStep: StepDefinition<WriteStepSpec> = {
  word: 'write',
  help: 'Runs the steps that store the value; a cache forgets or receives it, as its strategy says.',
  schema: writeSchema,
}

/** What each step parses to. */
export type ReadStepSpec = OutputOf<ReturnType<typeof readSchema>>
export type WriteStepSpec = OutputOf<ReturnType<typeof writeSchema>>

/** Every step word of caches. */
const cacheSteps: readonly StepDefinition[] = [readStep, writeStep]

/** The section `caches`. */
export const cacheSection = {
  section: 'caches',
  label: 'Caches',
  help: 'Layers of memory in front of slower sources.',
  schema: (context: SchemaContext) => named(cacheSchema(context), { help: 'The caches, by name.' }),
  whenAbsent: {},
  steps: cacheSteps,
} as const satisfies SectionDefinition
