// A kind of component that no catalogue has: what interfaces make of it, they make of its definition alone.
import { named } from '../../../sim-core/language/collections.ts'
import { optional } from '../../../sim-core/language/field.ts'
import { fields } from '../../../sim-core/language/fields.ts'
import { count, text } from '../../../sim-core/language/scalar-fields.ts'
import type { SchemaContext, StepDefinition } from '../../../sim-core/language/schema-context.ts'
import { endpointKind } from '../../../sim-core/language/schema-context.ts'
import type { ComponentDefinition } from '../../../sim-core/model/component-definition.ts'

const publish: StepDefinition & { readonly isAsynchronous: true } = {
  word: 'publish',
  help: 'Hands a message over and goes on.',
  isAsynchronous: true,
  schema: (context) =>
    fields(
      { broker: context.reference('brokers', 'The broker.'), topic: text({ help: 'The topic.' }) },
      { help: 'A message.' },
    ),
}

function broker(context: SchemaContext) {
  return fields(
    {
      partitions: optional(count({ help: 'Partitions.' })),
      consumer: optional(context.member(endpointKind, 'Who takes the messages.')),
    },
    { help: 'A broker.' },
  )
}

/** Brokers: an entry that refers to endpoints, and a step that does not wait. */
export const madeUpKind: ComponentDefinition = {
  kind: 'broker',
  presentation: {
    label: 'Broker',
    icon: 'no-such-icon',
    onCanvas: true,
    tab: { id: 'brokers', label: 'Brokers' },
    example: () => ({ partitions: 12 }),
  },
  section: {
    section: 'brokers',
    label: 'Brokers',
    help: 'Logs of messages.',
    schema: (context: SchemaContext) => named(broker(context), { help: 'The brokers, by name.' }),
    whenAbsent: {},
    steps: [publish],
  },
  steps: { publish: () => undefined },
  metrics: [],
  compile: () => ({}),
  create: () => {
    throw new Error('a broker is never run')
  },
}
