/** Writes values as they would stand in a scenario: small ones in one line, larger ones in a block. */
import { stringify } from 'yaml'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { protectTerms, restoreTerms } from '../../sim-core/scenario/limits-of-text.ts'
import { entriesOf, isListValue, isMapValue } from './document-path.ts'

/** Longest value that is written in one line, in characters; it is read at a glance. */
const ONE_LINE_MOST = 72

/** Deepest nesting that is written in one line. */
const ONE_LINE_DEPTH = 2

/** Indentation of what belongs to a key, in spaces. */
const INDENT = 2

/** One scalar, quoted where YAML would read it otherwise. */
function scalarText(value: string | number | boolean | null, isInFlow: boolean): string {
  if (typeof value !== 'string') return value === null ? 'null' : JSON.stringify(value)
  if (/[\n\r\t]/u.test(value)) return JSON.stringify(value)
  const text = protectTerms(value)
  const options = { lineWidth: 0, version: '1.2' } as const
  // Between braces more characters have a meaning, so the writer is asked for a list of one there.
  const written = isInFlow
    ? stringify([text], { ...options, collectionStyle: 'flow', flowCollectionPadding: false })
        .trim()
        .slice(1, -1)
    : stringify(text, options).trim()
  return restoreTerms(written)
}

/** A key of a map. */
export function keyText(key: string): string {
  return scalarText(key, true)
}

/** A value in one line, as it may stand between braces. */
export function flowText(value: JsonValue): string {
  if (isListValue(value)) return `[${value.map(flowText).join(', ')}]`
  if (!isMapValue(value)) return scalarText(value, true)
  const entries = entriesOf(value).map(([key, part]) => `${keyText(key)}: ${flowText(part)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function depthOf(value: JsonValue): number {
  if (isListValue(value)) return 1 + Math.max(0, ...value.map(depthOf))
  return isMapValue(value) ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
}

function fitsOneLine(value: JsonValue): boolean {
  if (isListValue(value) && value.some((item) => isMapValue(item))) return value.length === 0
  return depthOf(value) <= ONE_LINE_DEPTH && flowText(value).length <= ONE_LINE_MOST
}

/**
 * What follows `key:` or stands for an item of a list, starting with a space or a line break. `column` is where the keys
 * of a nested block would stand.
 */
export function blockText(value: JsonValue, column: number): string {
  if (!isMapValue(value) && !isListValue(value)) {
    return ` ${scalarText(value, false)}`
  }
  if (fitsOneLine(value)) return ` ${flowText(value)}`
  return `\n${blockLines(value, column)}`
}

/** The lines of a map or list in block style, each indented by `column`. */
function blockLines(value: JsonValue, column: number): string {
  const margin = ' '.repeat(column)
  if (isListValue(value)) return value.map((item) => `${margin}- ${itemText(item, column)}`).join('\n')
  return entriesOf(value)
    .map(([key, part]) => `${margin}${pairText(key, part, column)}`)
    .join('\n')
}

/** `key: value` in block style, the key at `column`. */
export function pairText(key: string, value: JsonValue, column: number): string {
  // A section has a line for each of its entries, however short: more will follow.
  const isSection = column === 0 && isMapValue(value) && Object.values(value).some(isMapValue)
  if (isSection) return `${keyText(key)}:\n${blockLines(value, INDENT)}`
  return `${keyText(key)}:${blockText(value, column + INDENT)}`
}

/** An item of a list in block style, its dash at `column`: what stands behind the dash. */
export function itemText(item: JsonValue, column: number): string {
  const [only, ...more] = entriesOf(item)
  if (only !== undefined && more.length === 0) return pairText(only[0], only[1], column + INDENT)
  if (only === undefined || fitsOneLine(item)) return blockText(item, column + INDENT).trimStart()
  return blockLines(item, column + INDENT).trimStart()
}
