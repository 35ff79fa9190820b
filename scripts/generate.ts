/** Writes the files that are made from the definitions of the language: `npm run generate`. Tests hold them up to date. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resultJsonSchema } from '../host/runs/result-schema.ts'
import { scenarioJsonSchema } from '../sim-core/scenario/json-schema.ts'
import { referenceDocumentation } from '../sim-core/scenario/reference-docs.ts'
import { sections } from '../sim-core/scenario/sections.ts'

const root = join(import.meta.dirname, '..')
const json = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`

writeFileSync(join(root, 'docs', 'scenario-reference.md'), referenceDocumentation(sections))
writeFileSync(join(root, 'scenarios', 'scenario.schema.json'), json(scenarioJsonSchema(sections)))
writeFileSync(join(root, 'scenarios', 'result.schema.json'), json(resultJsonSchema()))
