/** Writes a scenario document as YAML that parses to the same scenario. */
import { stringify } from 'yaml'
import type { JsonValue } from '../language/field.ts'

/** Longest line before a list or map is put on several. */
const LINE_WIDTH = 120

/**
 * The document as YAML: the one that `parseScenario` returns, with bases merged and overrides applied. Texts that plain
 * YAML would read otherwise are quoted; no anchors are used.
 */
export function writeScenario(document: JsonValue): string {
  return stringify(document, { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false, version: '1.2' })
}
