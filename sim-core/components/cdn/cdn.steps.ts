/** The step words of content delivery networks: `fetch` and `purge`. */
import type { OutputOf } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import type { SchemaContext, StepDefinition } from '../../language/schema-context.ts'

function fetchSchema(context: SchemaContext) {
  return fields(
    {
      cdn: context.reference('cdns', 'The network that is asked.'),
      key: context.reference('keys', 'The population that the key comes from.'),
      origin: context.steps(),
    },
    {
      help: 'Fetches an object from the nearest location; on a miss the origin runs the steps.',
    },
  )
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
