/** Changes in a text that extends other files: what it says over its base, and how to take that back. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'
import type { DocumentPath } from './document-path.ts'
import { isListValue, isMapValue, sameValue, valueAt, withValueAt } from './document-path.ts'
import { changedText } from './document-text.ts'

/** The text with another value at a path of the merged document; undefined removes. `base` is null without bases. */
export function overridden(text: string, base: JsonValue, path: DocumentPath, value: JsonValue | undefined): string {
  const own = readYaml(text, '').source?.value
  const listAt = inheritedListOn(path, own, base)
  if (listAt >= 0) {
    // A list is replaced as a whole: there is no way to override one item of it.
    const listPath = path.slice(0, listAt)
    const inherited = valueAt(base, listPath)
    return changedText(text, listPath, withValueAt(inherited, path.slice(listAt), value))
  }
  const below = valueAt(base, path)
  if (below === undefined) return changedText(text, path, value)
  if (value === undefined) return changedText(text, path, null)
  const over = difference(below, value)
  return over === undefined ? reverted(text, path) : changedText(text, path, over)
}

/** The text without what it says at a path, and without maps that this leaves empty. */
export function reverted(text: string, path: DocumentPath): string {
  let remaining = changedText(text, path, undefined)
  for (let length = path.length - 1; length > 0; length--) {
    const parent = valueAt(readYaml(remaining, '').source?.value, path.slice(0, length))
    if (!isMapValue(parent) || Object.keys(parent).length > 0) break
    remaining = changedText(remaining, path.slice(0, length), undefined)
  }
  return remaining
}

/** How long the part of a path is that leads to a list which only the base has; -1 when there is none on the way. */
function inheritedListOn(path: DocumentPath, own: JsonValue | undefined, base: JsonValue): number {
  return path.findIndex((segment, index) => {
    const before = path.slice(0, index)
    return typeof segment === 'number' && !isListValue(valueAt(own, before)) && isListValue(valueAt(base, before))
  })
}

/** What must be laid over `below` to get `value`; undefined when nothing must. */
function difference(below: JsonValue, value: JsonValue): JsonValue | undefined {
  if (sameValue(below, value)) return undefined
  if (!isMapValue(below) || !isMapValue(value)) return value
  const changed = Object.entries(value).flatMap(([key, part]) => {
    const under = below[key]
    const over = under === undefined ? part : difference(under, part)
    return over === undefined ? [] : [[key, over] as const]
  })
  const removed = Object.keys(below)
    .filter((key) => !Object.hasOwn(value, key))
    .map((key) => [key, null] as const)
  return Object.fromEntries([...changed, ...removed])
}
