/** Puts the schema of a whole scenario together from its general part and the sections of traffic and components. */
import * as z from 'zod'
import { isList, isMap, list, oneOf, when } from '../language/collections.ts'
import type { AnyField, Field } from '../language/field.ts'
import { describeField, leaf, mapped, optional, withDefault } from '../language/field.ts'
import { fields } from '../language/fields.ts'
import { hintForName } from '../language/nearest-name.ts'
import { memberReference, reference } from '../language/references.ts'
import { text } from '../language/scalar-fields.ts'
import type {
  ParsedStep,
  ScenarioNames,
  SchemaContext,
  SectionDefinition,
  StepDefinition,
} from '../language/schema-context.ts'
import { SCENARIO_VERSION, keysSchema, objectivesSchema, runSchema, varySchema } from './general.schema.ts'

/** Most steps in one list. */
const MAX_STEPS = 10_000

/** Longest name of a scenario. */
const MAX_NAME_LENGTH = 200

function generalFields() {
  return {
    version: leaf<typeof SCENARIO_VERSION, ''>(() => ({ value: SCENARIO_VERSION }), {
      type: `\`${SCENARIO_VERSION}\``,
      help: 'Version of the language.',
      suffix: '',
      json: { type: 'integer', const: SCENARIO_VERSION },
      input: { kind: 'word', value: SCENARIO_VERSION },
    }),
    name: text({ maxLength: MAX_NAME_LENGTH, help: 'Name of the scenario.' }),
    question: optional(text({ help: 'The question that it answers.' })),
    description: optional(text({ help: 'Anything a reader should know.' })),
    extends: optional(
      text({
        help: 'Another file that this one is laid over: maps are merged, null removes. Followed before anything is checked.',
      }),
    ),
    tags: withDefault(list(text({ maxLength: 64, help: 'A tag.' }), { min: 0, help: 'Words to find it by.' }), []),
    run: withDefault(runSchema(), {}),
    keys: withDefault(keysSchema(), {}),
  }
}

function finalFields() {
  return {
    objectives: withDefault(objectivesSchema(), {}),
    vary: withDefault(varySchema(), {}),
  }
}

type SectionOutputs<S extends readonly SectionDefinition[]> = {
  readonly [D in S[number] as D['section']]: z.output<ReturnType<D['schema']>>
}

type OutputOfShape<S extends Readonly<Record<string, AnyField>>> = z.output<ReturnType<typeof fields<S>>>

/** What a scenario parses to when its sections are `S`. */
export type ScenarioOf<S extends readonly SectionDefinition[]> = OutputOfShape<ReturnType<typeof generalFields>> &
  OutputOfShape<ReturnType<typeof finalFields>> &
  SectionOutputs<S>

/** The schema of a scenario; references are checked against `names`. */
export function scenarioSchema<const S extends readonly SectionDefinition[]>(
  sections: S,
  names: ScenarioNames,
): Field<ScenarioOf<S>> {
  const context = createContext(sections, names)
  const bySection = sections.map((definition): [string, AnyField] => {
    const field: Field<unknown> = definition.schema(context)
    return [definition.section, definition.whenAbsent === undefined ? field : withDefault(field, definition.whenAbsent)]
  })
  const shape = { ...generalFields(), ...Object.fromEntries(bySection), ...finalFields() }
  return fields(shape, {
    help: 'A scenario: traffic, architecture, objectives, and how to run it.',
  }) as unknown as Field<ScenarioOf<S>>
}

/** The context that component schemas build on. */
export function createContext(sections: readonly SectionDefinition[], names: ScenarioNames): SchemaContext {
  const context: SchemaContext = {
    steps: () => steps,
    reference: (section, help) => reference(names, section, help),
    member: (kind, help) => memberReference(names, kind, help),
    names,
  }
  const words = sections.flatMap((section) => section.steps)
  const lazily = z.lazy(() => stepList(words, context))
  const steps: Field<readonly ParsedStep[]> = describeField(lazily, {
    type: 'steps',
    help: 'What happens, step by step.',
    suffix: '',
    structure: { kind: 'steps' },
  })
  return context
}

function stepList(words: readonly StepDefinition[], context: SchemaContext): Field<readonly ParsedStep[]> {
  const step = stepField(words, context)
  return oneOf(
    [
      when(
        isList,
        'a list of steps',
        list(step, { min: 0, max: MAX_STEPS, help: 'Steps one after the other.' }),
        'List',
      ),
      when(
        isMap,
        'one step',
        mapped(step, (only): readonly ParsedStep[] => [only]),
        'One step',
      ),
    ],
    { help: 'Steps one after the other; one step alone may stand without a list.' },
  )
}

function stepField(words: readonly StepDefinition[], context: SchemaContext): Field<ParsedStep> {
  const known = words.map(({ word }) => word)
  const alternatives = words.map((definition) => {
    const { word, help } = definition
    const hintForKey = (key: string) =>
      known.includes(key) ? `one step has one word: start a new step with - ${key}:` : undefined
    const schema = fields({ [word]: definition.schema(context) }, { help, hintForKey })
    const field = mapped(schema, (spec): ParsedStep => ({ word, spec: Object.values(spec)[0] }))
    return when(
      (input) => isMap(input) && Object.keys(input).find((key) => known.includes(key)) === word,
      `${word}: ...`,
      field,
      word,
    )
  })
  // A map without any known word: its first key is most likely a mistyped one.
  const otherwise = fields({}, { help: 'A step.', hintForKey: (key) => hintForName(key, known, 'there are no steps') })
  return oneOf(alternatives, {
    help: 'One step.',
    otherwise: { matches: (input) => isMap(input) && Object.keys(input).length > 0, field: otherwise },
  })
}
