/** Brings a document of an older version of the language to the present one. */
import type { JsonValue } from '../language/field.ts'
import type { Reading } from '../language/quantity.ts'
import { quoted } from '../language/quantity.ts'
import { SCENARIO_VERSION } from './general.schema.ts'
import { isJsonMap } from './layers.ts'

/**
 * The document in the present version. Version 1 is the only one so far; a later version adds its pure function here.
 * Complaints, at `version`: `missing`, `unknown-version`.
 */
export function migrate(document: JsonValue): Reading<JsonValue> {
  const version = isJsonMap(document) ? document['version'] : undefined
  if (version === SCENARIO_VERSION) return { value: document }
  const hint = `write version: ${SCENARIO_VERSION}`
  if (version === undefined)
    return { complaint: { code: 'missing', message: 'the version of the language is missing', hint } }
  const isNewer = typeof version === 'number' && version > SCENARIO_VERSION
  const message = `this program does not know version ${quoted(version)} of the language`
  return { complaint: { code: 'unknown-version', message, hint: isNewer ? `use a newer program, or ${hint}` : hint } }
}
