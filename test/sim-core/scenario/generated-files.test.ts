// The files that are generated from the definitions of the language are what the definitions say now.
import { expect, test } from 'vitest'
import { scenarioJsonSchema } from '../../../sim-core/scenario/json-schema.ts'
import { referenceDocumentation } from '../../../sim-core/scenario/reference-docs.ts'
import { sections } from '../../../sim-core/scenario/sections.ts'

test('docs/scenario-reference.md is up to date', async () => {
  await expect(referenceDocumentation(sections)).toMatchFileSnapshot('../../../docs/scenario-reference.md')
})

test('scenarios/scenario.schema.json is up to date', async () => {
  const text = `${JSON.stringify(scenarioJsonSchema(sections), null, 2)}\n`
  await expect(text).toMatchFileSnapshot('../../../scenarios/scenario.schema.json')
})
