/** A document merged from a file and those it extends, and the way from any path in it back to where it was written. */
import type { JsonValue } from '../language/field.ts'
import type { Place, Segment } from './problem.ts'
import type { Source, SourceNode } from './yaml-source.ts'

type JsonMap = Readonly<Record<string, JsonValue>>

/** Whether a value is a map. */
export function isJsonMap(value: JsonValue | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `over` laid over `under`: maps are merged key by key, anything else replaces, and null removes. */
export function mergeValues(under: JsonValue, over: JsonValue): JsonValue {
  if (!isJsonMap(under) || !isJsonMap(over)) return over
  const merged = new Map(Object.entries(under))
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key)
    if (value === null && below !== undefined) merged.delete(key)
    else merged.set(key, below === undefined ? value : mergeValues(below, value))
  }
  return Object.fromEntries(merged)
}

/** What of a value a problem points at. */
export type Aspect = 'value' | 'key'

/** Finds where a path of the merged document was written; a missing value is placed at the key of what should hold it. */
export function locate(sources: readonly Source[], path: readonly Segment[], aspect: Aspect): Place {
  let candidates = sources.map((source) => ({ source, node: source.root }))
  let isMissing = false
  for (const segment of path) {
    const deeper = candidates.flatMap(({ source, node }) => {
      const part = node.parts?.get(segment)
      return part === undefined ? [] : [{ source, node: part }]
    })
    isMissing = deeper.length === 0
    if (isMissing) break
    candidates = untilReplaced(deeper)
  }
  const [first] = candidates
  if (first === undefined) return { file: '', line: 1, column: 1 }
  const { offset, keyOffset } = first.node
  return first.source.placeOf(isMissing || aspect === 'key' ? keyOffset : offset)
}

/** The topmost layers up to the first whose value is no map: it hides what lies below. */
function untilReplaced<Candidate extends { readonly node: SourceNode }>(candidates: Candidate[]): Candidate[] {
  const end = candidates.findIndex(({ node }) => node.parts === undefined || node.parts.has(0))
  return end < 0 ? candidates : candidates.slice(0, end + 1)
}
