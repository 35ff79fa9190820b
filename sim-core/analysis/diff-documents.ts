// The differences between two scenarios, as documents: what changed, where, from what to what.

/** What JSON can hold. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

/** One difference. */
export interface DocumentChange {
  /** Such as `services.order.workers.count` or `faults[0].at`. */
  readonly path: string
  readonly kind: 'changed' | 'added' | 'removed'
  readonly before: PlainValue | undefined
  readonly after: PlainValue | undefined
  /** All of it on one line: `services.order.workers.count: 64 → 256`. */
  readonly words: string
}

/** Longest text of a value; more is cut. */
const VALUE_LENGTH_MAX = 60

/**
 * Every difference, in the order of the first document, additions after what they were added to. The order of keys does not
 * matter, that of lists does; lists are aligned by their common beginning and end, so one step put in is one difference.
 */
export function diffDocuments(before: PlainValue, after: PlainValue): DocumentChange[] {
  return changesAt('', before, after)
}

function changesAt(path: string, before: PlainValue | undefined, after: PlainValue | undefined): DocumentChange[] {
  if (isSame(before, after)) return []
  if (isList(before) && isList(after)) return changesOfLists(path, before, after)
  if (isMap(before) && isMap(after)) {
    const keys = [...Object.keys(before), ...Object.keys(after).filter((key) => !Object.hasOwn(before, key))]
    return keys.flatMap((key) => changesAt(path === '' ? key : `${path}.${key}`, own(before, key), own(after, key)))
  }
  return [change(path, before, after)]
}

function changesOfLists(path: string, before: readonly PlainValue[], after: readonly PlainValue[]): DocumentChange[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && isSame(before[start], after[start])) start += 1
  let end = 0
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1
  const [left, right] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    changesAt(`${path}[${start + i}]`, left[i], right[i]),
  ).flat()
}

function change(path: string, before: PlainValue | undefined, after: PlainValue | undefined): DocumentChange {
  if (before === undefined) return { path, kind: 'added', before, after, words: `${path}: added ${textOf(after)}` }
  if (after === undefined) return { path, kind: 'removed', before, after, words: `${path}: removed ${textOf(before)}` }
  return { path, kind: 'changed', before, after, words: `${path}: ${textOf(before)} → ${textOf(after)}` }
}

/** A value on one line, as YAML would write it in flow style, cut where it gets long. */
export function textOf(value: PlainValue | undefined): string {
  const text = flow(value)
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX - 1)}…` : text
}

function flow(value: PlainValue | undefined): string {
  if (value === undefined) return ''
  if (isList(value)) return `[${value.map(flow).join(', ')}]`
  if (isMap(value)) {
    const entries = Object.entries(value).map(([key, part]) => `${key}: ${flow(part)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return String(value)
}

function isSame(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  if (a === b) return true
  if (isList(a) && isList(b)) return a.length === b.length && a.every((value, i) => isSame(value, b[i]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

function own(map: { readonly [key: string]: PlainValue }, key: string): PlainValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value)
}

function isMap(value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
