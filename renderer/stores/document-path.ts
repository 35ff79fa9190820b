/** Paths into a document, and the selection that screens share: `services/catalog/endpoints/get_product`. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Segment } from '../../sim-core/scenario/problem.ts'

/** A way into a document: keys of maps and indices of lists. */
export type DocumentPath = readonly Segment[]

/** A map of a document. */
export type JsonMap = Readonly<Record<string, JsonValue>>

/** Whether a value is a map. */
export function isMapValue(value: JsonValue | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. */
export function isListValue(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/** The part of a value that a key or an index leads to; undefined when there is none. */
function partOf(value: JsonValue | undefined, segment: Segment): JsonValue | undefined {
  if (isListValue(value)) return typeof segment === 'number' ? value[segment] : undefined
  return isMapValue(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
}

/** The value at a path; undefined when nothing stands there. */
export function valueAt(value: JsonValue | undefined, path: DocumentPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(partOf, value)
}

/** The entries of a map in order; none for anything else. */
export function entriesOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isMapValue(value) ? Object.entries(value) : []
}

/** The value with another one at a path; maps on the way are made, undefined removes. */
export function withValueAt(
  value: JsonValue | undefined,
  path: DocumentPath,
  part: JsonValue | undefined,
): JsonValue | undefined {
  const [segment, ...rest] = path
  if (segment === undefined) return part
  const inner = withValueAt(partOf(value, segment), rest, part)
  if (typeof segment === 'number') {
    const items = isListValue(value) ? value : []
    if (inner === undefined) return items.filter((_, index) => index !== segment)
    return segment < items.length ? items.with(segment, inner) : [...items, inner]
  }
  const map = isMapValue(value) ? value : {}
  if (inner !== undefined) return { ...map, [segment]: inner }
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== segment))
}

/** Whether two values say the same; the order of keys does not count. */
export function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (isListValue(a) && isListValue(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]))
  if (!isMapValue(a) || !isMapValue(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}

/** A path as a selection. */
export function selectionOf(path: DocumentPath): string {
  return path.map((segment) => encodeURIComponent(segment)).join('/')
}

/** The path of a selection; digits are an index where the document has a list. */
export function pathOfSelection(selection: string | null, document: JsonValue | undefined): DocumentPath {
  if (selection === null || selection === '') return []
  const path: Segment[] = []
  let value = document
  for (const text of selection.split('/').map(decoded)) {
    const segment = isListValue(value) && /^\d{1,9}$/u.test(text) ? Number(text) : text
    path.push(segment)
    value = partOf(value, segment)
  }
  return path
}

/** The entry that a selection lies in, `services/catalog`: what inspectors and canvases show. Null for none. */
export function entryOfSelection(selection: string | null): string | null {
  const [section, id] = selection?.split('/') ?? []
  return section === undefined || id === undefined ? null : `${section}/${id}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
