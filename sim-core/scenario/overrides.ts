/** Lays `path=value` overrides, as `--set` gives them, over a document. */
import type { JsonValue } from '../language/field.ts'
import { nearestName } from '../language/nearest-name.ts'
import type { Complaint } from '../language/quantity.ts'
import { quoted } from '../language/quantity.ts'
import { isJsonMap } from './layers.ts'
import { parsePath } from './paths.ts'
import type { Place, Problem, Segment } from './problem.ts'
import { formatPath, problemAt } from './problem.ts'
import { readYaml } from './yaml-source.ts'

/** The name under which problems of overrides are placed; the line is the number of the override. */
const OVERRIDES_FILE = '--set'

/** An override that was applied. */
export interface Override {
  readonly path: readonly Segment[]
  readonly place: Place
}

/** The document with the overrides laid over it, one after the other; a null value removes. Problems leave it as it was. */
export function applyOverrides(document: JsonValue, overrides: readonly string[]) {
  let value = document
  const applied: Override[] = []
  const problems: Problem[] = []
  for (const [index, text] of overrides.entries()) {
    const result = applyOne(value, text, index + 1)
    if ('problems' in result) {
      problems.push(...result.problems)
      continue
    }
    value = result.value
    applied.push(result.applied)
  }
  return { value, applied, problems }
}

/** Where the last override was written that set a path or something above it. */
export function placeOfOverride(applied: readonly Override[], path: readonly Segment[]): Place | undefined {
  const covers = (short: readonly Segment[], long: readonly Segment[]) =>
    short.every((segment, index) => segment === long[index])
  return applied.findLast((override) => covers(override.path, path))?.place
}

function applyOne(document: JsonValue, text: string, line: number) {
  const equals = text.indexOf('=')
  const placeAt = (column: number): Place => ({ file: OVERRIDES_FILE, line, column })
  const refuse = (complaint: Complaint, path: readonly Segment[] = []) => ({
    problems: [problemAt(complaint, placeAt(1), path)],
  })
  if (equals < 0) {
    return refuse({
      code: 'bad-override',
      message: `${quoted(text)} sets nothing`,
      hint: 'write path=value, such as run.duration=10m',
    })
  }
  const parsed = parsePath(text.slice(0, equals).trim())
  if ('complaint' in parsed) return refuse(parsed.complaint)
  const path = parsed.value
  const read = readValue(text.slice(equals + 1), placeAt(equals + 2), path)
  if ('problems' in read) return read
  const updated = withValue(document, path, 0, read.value)
  if ('complaint' in updated) return refuse(updated.complaint, path)
  return { value: updated.value, applied: { path, place: placeAt(equals + 2) } }
}

function readValue(
  text: string,
  place: Place,
  path: readonly Segment[],
): { readonly value: JsonValue } | { readonly problems: readonly Problem[] } {
  if (text.trim() === '') return { value: null }
  const { source, problems } = readYaml(text, OVERRIDES_FILE)
  if (problems.some(({ code }) => code === 'empty')) return { value: null }
  if (problems.length === 0 && source !== undefined) return { value: source.value }
  return { problems: problems.map((problem) => ({ ...problem, ...place, path: formatPath(path) })) }
}

type Update = { readonly value: JsonValue } | { readonly complaint: Complaint }

/** A copy of `value` with the part at `path`, from `depth` on, replaced or, by null, removed. */
function withValue(value: JsonValue, path: readonly Segment[], depth: number, replacement: JsonValue): Update {
  const segment = path[depth]
  if (segment === undefined) return { value: replacement }
  if (typeof segment === 'number') return withEntry(value, path, depth, segment, replacement)
  if (!isJsonMap(value)) {
    const here = formatPath(path.slice(0, depth))
    const hint = 'set the whole of it, with its parts in braces'
    return {
      complaint: {
        code: 'bad-override',
        message: `${here || 'the document'} is ${quoted(value)}, which has no keys`,
        hint,
      },
    }
  }
  const part = Object.hasOwn(value, segment) ? value[segment] : undefined
  const isLast = depth === path.length - 1
  const nearest = part === undefined && !isLast ? nearestName(segment, Object.keys(value)) : undefined
  if (nearest !== undefined) {
    const message = `there is no ${formatPath(path.slice(0, depth + 1))}`
    return { complaint: { code: 'unknown-key', message, hint: `did you mean ${nearest}?` } }
  }
  const updated = withValue(part ?? {}, path, depth + 1, replacement)
  if ('complaint' in updated) return updated
  if (updated.value !== null) return { value: { ...value, [segment]: updated.value } }
  return { value: Object.fromEntries(Object.entries(value).filter(([key]) => key !== segment)) }
}

function withEntry(
  value: JsonValue,
  path: readonly Segment[],
  depth: number,
  index: number,
  replacement: JsonValue,
): Update {
  const here = formatPath(path.slice(0, depth))
  if (!Array.isArray(value)) {
    return { complaint: { code: 'bad-override', message: `${here} is not a list`, hint: 'leave the [n] away' } }
  }
  const list = value as readonly JsonValue[]
  const entry = list[index]
  if (entry === undefined) {
    const message = `${here} has ${list.length} entries, so there is no [${index}]`
    return { complaint: { code: 'bad-override', message, hint: 'entries count from 0' } }
  }
  const updated = withValue(entry, path, depth + 1, replacement)
  if ('complaint' in updated) return updated
  if (updated.value === null) return { value: list.filter((_, other) => other !== index) }
  return { value: list.with(index, updated.value) }
}
