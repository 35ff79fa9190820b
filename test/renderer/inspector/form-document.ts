// Documents for tests of forms: a text without bases, or a part laid over another.
import { readFileSync } from 'node:fs'
import type { FormDocument } from '../../../renderer/inspector/form-model.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { mergeValues } from '../../../sim-core/scenario/layers.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { readYaml } from '../../../sim-core/scenario/yaml-source.ts'

/** The document of a text that extends nothing. */
export function documentOf(text: string): FormDocument {
  const value = readYaml(text, 'test.yaml').source?.value ?? {}
  return { value, own: value, base: null }
}

/** A text laid over another. */
export function layeredDocument(own: JsonValue, base: JsonValue): FormDocument {
  return { value: mergeValues(base, own), own, base }
}

/** The text of a scenario of the library. */
export function scenarioText(name: string): string {
  return readFileSync(new URL(`../../../scenarios/${name}.yaml`, import.meta.url), 'utf8')
}

/** Problems of a text. */
export function problemsOf(text: string) {
  return parseScenario(text, 'test.yaml').problems
}
