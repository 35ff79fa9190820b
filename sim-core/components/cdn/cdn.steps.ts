/** The step words of content delivery networks: `fetch` and `purge`. */
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import type { ParsedStep, SchemaContext, StepDefinition } from '../../language/schema-context.ts'

function fetchSchema(context: SchemaContext) {
  return fields(
    {
      cdn: context.reference('cdns', 'The network that is asked.'),
      key: context.reference('keys', 'The population that the key comes from.'),
      origin: context.steps(),
    },
    {
      help: 'Fetches an object from the nearest location; on a miss the origin runs the steps.',
      check: originIsOutside,
    },
  )
}

/** A request remembers one fetch of each network at a time, and no network is its own origin. */
function originIsOutside({ cdn, origin }: { readonly cdn: string; readonly origin: readonly ParsedStep[] }) {
  if (!fetchesFrom(cdn, origin)) return []
  const message = `the origin of ${cdn} fetches from ${cdn} itself`
  const hint = 'let the origin read a cache, query a database or call a service'
  return [{ code: 'contradiction', message, hint, path: ['origin'] } satisfies PlacedComplaint]
}

/** Whether a fetch from that network stands in parsed steps, however deep. */
function fetchesFrom(cdn: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((part) => fetchesFrom(cdn, part))
  if (typeof value !== 'object' || value === null) return false
  if ('word' in value && value.word === 'fetch' && (value as ParsedFetch).spec.cdn === cdn) return true
  return Object.values(value).some((part) => fetchesFrom(cdn, part))
}

interface ParsedFetch extends ParsedStep {
  readonly spec: { readonly cdn: string }
}

function purgeSchema(context: SchemaContext) {
  return fields(
    {
      cdn: context.reference('cdns', 'The network in which the object is purged.'),
      key: context.reference('keys', 'The population that the key comes from.'),
    },
    { help: 'The object has changed: every location is told to forget it.' },
  )
}

/** `- fetch: { cdn: static_files, key: images, origin: { call: images.get } }` */
const fetchStep: StepDefinition<FetchStepSpec> = {
  word: 'fetch',
  help: 'Fetches an object from the location nearest to the client; on a miss the origin runs the steps.',
  schema: fetchSchema,
}

/** `- purge: { cdn: static_files, key: images }` */
const purgeStep: StepDefinition<PurgeStepSpec> & { readonly isAsynchronous: true } = {
  word: 'purge',
  help: 'Says that an object has changed: every location forgets it when it hears of that. The step itself takes no time.',
  isAsynchronous: true,
  schema: purgeSchema,
}

/** What each step parses to. */
export type FetchStepSpec = OutputOf<ReturnType<typeof fetchSchema>>
export type PurgeStepSpec = OutputOf<ReturnType<typeof purgeSchema>>

/** Every step word of content delivery networks. */
export const cdnSteps: readonly StepDefinition[] = [fetchStep, purgeStep]
