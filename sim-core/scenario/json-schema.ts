/** The JSON Schema of the scenario language, by which editors complete, explain and check scenarios. */
import * as z from 'zod'
import type { AnyField, JsonSchema } from '../language/field.ts'
import type { SectionDefinition } from '../language/schema-context.ts'
import { SCENARIO_VERSION } from './general.schema.ts'
import { noNames } from './names.ts'
import { scenarioSchema } from './schema.ts'

/** Name of the definition to which every list of steps refers. */
const STEPS_DEFINITION = 'steps'

/** JSON Schema, draft 2020-12, of what a user writes. The parser is stricter: it also checks ranges and references. */
export function scenarioJsonSchema(sections: readonly SectionDefinition[]): JsonSchema {
  const root = scenarioSchema(sections, noNames)
  const schema = z.toJSONSchema(root, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      describe(zodSchema, jsonSchema)
    },
  })
  return finished(schema)
}

/** Adds what only the description of a field knows: what its text looks like, and the help an editor shows. */
function describe(zodSchema: z.core.$ZodType, jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (zodSchema._zod.def.type === 'object') jsonSchema.additionalProperties = false
  if (!isField(zodSchema)) return
  const { json, help, range } = zodSchema.field
  Object.assign(jsonSchema, json)
  if (help !== '') jsonSchema.description = range === undefined || range === 'any' ? help : `${help} Allowed: ${range}.`
}

function isField(schema: z.core.$ZodType): schema is AnyField {
  return 'field' in schema
}

/** Gives the recursive definition its name, and lets a file that extends another leave out what the other has. */
function finished(schema: z.core.JSONSchema.BaseSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('__schema0', STEPS_DEFINITION)
  const { required, $schema, ...rest } = JSON.parse(text) as Record<string, unknown>
  const title = `Headroom scenario, version ${SCENARIO_VERSION}`
  return { $schema, title, ...rest, anyOf: [{ required }, { required: ['version', 'extends'] }] }
}
