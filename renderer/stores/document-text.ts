/** Changes one value in the text of a scenario and leaves every other character where it is. */
import { Document, parseDocument } from 'yaml'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { protectTerms, restoreTerms } from '../../sim-core/scenario/limits-of-text.ts'
import { writeScenario } from '../../sim-core/scenario/write.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'
import type { DocumentPath } from './document-path.ts'
import { isListValue, isMapValue, sameValue, valueAt, withValueAt } from './document-path.ts'
import { spliced } from './document-splice.ts'

/** One elementary change: a value written, taken away, or put into a list before what stands there. */
export interface TextEdit {
  readonly path: DocumentPath
  readonly kind: 'set' | 'remove' | 'insert'
  readonly value: JsonValue
}

/**
 * The text with another value at a path; maps on the way are made, undefined removes. Only what differs between the old
 * value and the new one is written anew. The text must be free of errors of syntax.
 */
export function changedText(text: string, path: DocumentPath, value: JsonValue | undefined): string {
  const own = readYaml(text, '').source?.value ?? {}
  const wanted = withValueAt(own, path, value) ?? {}
  const old = valueAt(own, path)
  if (value === undefined && old === undefined) return text
  if (text.trim() === '') return writeScenario(wanted)
  const edits = value === undefined ? [removal(path)] : editsBetween(old, value, path)
  const attempt = edits.reduce(spliced, text)
  if (says(attempt, wanted)) return attempt
  return rewritten(text, path, value, wanted)
}

function says(text: string, wanted: JsonValue): boolean {
  const { source, problems } = readYaml(text, '')
  return source !== undefined && problems.length === 0 && sameValue(source.value, wanted)
}

function removal(path: DocumentPath): TextEdit {
  return { path, kind: 'remove', value: null }
}

/** The elementary changes that turn one value into another, in an order in which they can be made. */
function editsBetween(old: JsonValue | undefined, value: JsonValue, path: DocumentPath): readonly TextEdit[] {
  if (sameValue(old, value)) return []
  if (isMapValue(old) && isMapValue(value) && Object.keys(old).length > 0 && Object.keys(value).length > 0) {
    const written = Object.entries(value).flatMap(([key, part]) => editsBetween(old[key], part, [...path, key]))
    const gone = Object.keys(old).filter((key) => !Object.hasOwn(value, key))
    return [...written, ...gone.map((key) => removal([...path, key]))]
  }
  if (isListValue(old) && isListValue(value) && old.length > 0 && value.length > 0) {
    return editsOfList(old, value, path)
  }
  return [{ path, kind: 'set', value }]
}

/** Items that both ends share stay; in between, items are changed one by one, then taken away or put in. */
function editsOfList(old: readonly JsonValue[], items: readonly JsonValue[], path: DocumentPath): readonly TextEdit[] {
  const shorter = Math.min(old.length, items.length)
  let head = 0
  while (head < shorter && sameValue(old[head], items[head])) head += 1
  let tail = 0
  while (tail < shorter - head && sameValue(old.at(-1 - tail), items.at(-1 - tail))) tail += 1
  const before = old.slice(head, old.length - tail)
  const after = items.slice(head, items.length - tail)
  const both = Math.min(before.length, after.length)
  const changed = after.slice(0, both).flatMap((item, i) => editsBetween(before[i], item, [...path, head + i]))
  const gone = before.slice(both).map((_, i) => removal([...path, head + before.length - 1 - i]))
  const put = after
    .slice(both)
    .map((value, i): TextEdit => ({ path: [...path, head + both + i], kind: 'insert', value }))
  return [...changed, ...gone, ...put]
}

/** The change made on the parsed document, which is then written anew: comments stay, the layout may not. */
function rewritten(text: string, path: DocumentPath, value: JsonValue | undefined, wanted: JsonValue): string {
  try {
    const document = parseDocument(protectTerms(text))
    if (value === undefined) document.deleteIn(path)
    else document.setIn(path, new Document(value).contents)
    const written = restoreTerms(document.toString({ lineWidth: 0, flowCollectionPadding: true }))
    return says(written, wanted) ? written : writeScenario(wanted)
  } catch {
    // Aliases whose anchor was taken away cannot be written; the values can.
    return writeScenario(wanted)
  }
}
