/** Turns the issues that zod found into complaints in the words of the scenario language. */
import type * as z from 'zod'
import type { JsonValue } from '../language/field.ts'
import type { UnknownKeyParams } from '../language/fields.ts'
import { UNKNOWN_KEY, unknownKeyComplaint } from '../language/fields.ts'
import type { PlacedComplaint } from '../language/field.ts'
import { quoted } from '../language/quantity.ts'
import { isJsonMap } from './layers.ts'
import type { Aspect } from './layers.ts'
import type { Segment } from './problem.ts'
import { formatPath } from './problem.ts'

/** A complaint with its path in the document, and whether it is about the key there or about the value. */
export interface DocumentComplaint extends PlacedComplaint {
  readonly aspect: Aspect
  /** Absent where it is an error. */
  readonly severity?: 'warning'
}

/** The complaint that an issue stands for. */
export function complaintOf(issue: z.core.$ZodIssue, document: JsonValue): DocumentComplaint {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)))
  if (issue.code === 'custom') return customComplaint(issue, path)
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues
    return inner?.code === 'custom' ? { ...customComplaint(inner, path), path, aspect: 'key' } : generic(issue, path)
  }
  if (issue.code === 'invalid_type') return wrongType(issue.expected, path, valueAt(document, path))
  if (issue.code === 'too_small') return listLength('too short', entries('at least', issue.minimum), path)
  if (issue.code === 'too_big') return listLength('too long', entries('at most', issue.maximum), path)
  return generic(issue, path)
}

/** Leaves away what is missing only because its key is mistyped, which is told at the mistyped key. */
export function withoutMistyped(complaints: readonly DocumentComplaint[]): readonly DocumentComplaint[] {
  const meant = new Set(
    complaints
      .filter(({ code }) => code === UNKNOWN_KEY)
      .map(({ path, hint }) => formatPath([...path.slice(0, -1), /^did you mean (.+)\?$/u.exec(hint)?.[1] ?? ''])),
  )
  return complaints.filter(({ code, path }) => code !== 'missing' || !meant.has(formatPath(path)))
}

function customComplaint(issue: z.core.$ZodIssueCustom, path: readonly Segment[]): DocumentComplaint {
  const params = issue.params ?? {}
  const code = String(params['code'])
  if (code === UNKNOWN_KEY) {
    return { ...unknownKeyComplaint(String(path.at(-1)), params as unknown as UnknownKeyParams), path, aspect: 'key' }
  }
  if (code === 'missing') return missing(path, issue.message, String(params['hint']))
  return { code, message: issue.message, hint: String(params['hint']), path, aspect: 'value' }
}

function wrongType(expected: string, path: readonly Segment[], value: JsonValue | undefined): DocumentComplaint {
  const isList = expected === 'array'
  const hint = isList
    ? 'write a list: [a, b], or lines that start with -'
    : 'write a map: { key: value }, or indented lines of key: value'
  if (value === undefined) return missing(path, isList ? 'a list is required here' : 'a map is required here', hint)
  return {
    code: 'wrong-type',
    message: `expected ${isList ? 'a list' : 'a map'}, found ${quoted(value)}`,
    hint,
    path,
    aspect: 'value',
  }
}

/** How complaints about an absent value end, whatever the value is. */
const REQUIRED = ' is required here'

/** A missing value is told by its key, since it stands where its parent is. */
function missing(path: readonly Segment[], message: string, hint: string): DocumentComplaint {
  const key = path.at(-1)
  const isPlain = typeof key === 'string' && message.endsWith(REQUIRED)
  const told = isPlain ? `${key} is missing: ${message.slice(0, -REQUIRED.length)}` : message
  return { code: 'missing', message: told, hint, path, aspect: 'key' }
}

function listLength(message: string, bound: string, path: readonly Segment[]): DocumentComplaint {
  return { code: 'out-of-range', message: `the list is ${message}`, hint: `allowed is ${bound}`, path, aspect: 'value' }
}

function entries(bound: string, count: number | bigint): string {
  return `${bound} ${count} ${Number(count) === 1 ? 'entry' : 'entries'}`
}

function generic(issue: z.core.$ZodIssue, path: readonly Segment[]): DocumentComplaint {
  return {
    code: 'invalid',
    message: issue.message,
    hint: 'see the reference of the scenario language',
    path,
    aspect: 'value',
  }
}

function valueAt(document: JsonValue, path: readonly Segment[]): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const segment of path) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(segment)]
    else value = isJsonMap(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
  }
  return value
}
