/** The names that a document defines, for references to be checked against. */
import type { JsonValue } from '../language/field.ts'
import type { ScenarioNames } from '../language/schema-context.ts'
import { isJsonMap } from './layers.ts'

/** Names of a document, whether or not the things they name are right. */
export function namesIn(document: JsonValue): ScenarioNames {
  const section = (name: string): JsonValue | undefined => (isJsonMap(document) ? document[name] : undefined)
  const idsOf = (value: JsonValue | undefined): readonly string[] => (isJsonMap(value) ? Object.keys(value) : [])
  return {
    ids: (name) => idsOf(section(name)),
    members: (name, id, subsection) => {
      const entries = section(name)
      const entry = isJsonMap(entries) && Object.hasOwn(entries, id) ? entries[id] : undefined
      return isJsonMap(entry) ? idsOf(entry[subsection]) : []
    },
  }
}

/** No names: documentation and JSON Schema describe the language without a document. */
export const noNames: ScenarioNames = { ids: () => undefined, members: () => [] }
