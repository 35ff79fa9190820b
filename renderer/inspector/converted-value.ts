/** Carries a value over when it is to be written another way: four cores as `cpu: 4` or as `cpu: { cores: 4 }`. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import type { ScenarioNames } from '../../sim-core/language/schema-context.ts'
import { entriesOf, isMapValue } from '../stores/document-path.ts'
import type { Way } from './form-types.ts'
import { starterOfWay } from './starter-value.ts'

/** The value written the other way, with as much of it as fits there. */
export function convertedValue(
  value: JsonValue | undefined,
  from: Way | undefined,
  to: Way,
  names: ScenarioNames,
): JsonValue {
  if (value === undefined) return starterOfWay(to, names)
  if (to.matches(value) && isRight(to.field, value)) return value
  return isMapValue(value) ? fromMap(value, to, names) : fromScalar(value, from, to, names)
}

function isRight(field: AnyField, value: JsonValue): boolean {
  return field.safeParse(value).success
}

function shapeOf(field: AnyField): readonly (readonly [string, AnyField])[] {
  const { structure } = field.field
  if (structure.kind !== 'fields') return []
  const parts = Object.entries(structure.shape)
  // What is required is what the short way most likely says.
  return [...parts.filter(([, part]) => !part.field.isOptional), ...parts.filter(([, part]) => part.field.isOptional)]
}

/** A scalar finds its place in a map: the first part that takes it, of the same kind where there is one. */
function fromScalar(value: JsonValue, from: Way | undefined, to: Way, names: ScenarioNames): JsonValue {
  const starter = starterOfWay(to, names)
  if (!isMapValue(starter)) return starter
  const member = splitMember(value, from, to.field)
  if (member !== undefined) return { ...starter, ...member }
  const fromKind = from?.field.field.input?.kind
  const parts = shapeOf(to.field).filter(([, part]) => isRight(part, value))
  const same = parts.filter(([, part]) => inputKindOf(part) === fromKind)
  // All of a kind that are there to begin with hold it: both directions of a network.
  const present = same.filter(([key]) => Object.hasOwn(starter, key))
  const [best] = present.length > 0 ? present : same.length > 0 ? same : parts
  return best === undefined ? starter : { ...starter, [best[0]]: value }
}

function inputKindOf({ field }: AnyField): string | undefined {
  if (field.input !== undefined) return field.input.kind
  return field.structure.kind === 'one_of' ? field.structure.branches[0]?.field.field.input?.kind : undefined
}

/** `orders_db.insert` as `{ database: orders_db, class: insert }`. */
function splitMember(value: JsonValue, from: Way | undefined, to: AnyField) {
  const input = from?.field.field.input
  if (input?.kind !== 'member' || typeof value !== 'string') return undefined
  const [owner, member] = value.split('.')
  const parts = shapeOf(to)
  const ownerPart = parts.find(
    ([, { field }]) => field.input?.kind === 'reference' && field.input.sections.includes(input.section),
  )
  const memberPart = parts.find(([, { field }]) => field.input?.kind === 'text' && !field.isOptional)
  if (owner === undefined || member === undefined || ownerPart === undefined || memberPart === undefined)
    return undefined
  return { [ownerPart[0]]: owner, [memberPart[0]]: member }
}

/** A map keeps the parts that the other way has too; a scalar takes the first part that fits. */
function fromMap(value: Readonly<Record<string, JsonValue>>, to: Way, names: ScenarioNames): JsonValue {
  const starter = starterOfWay(to, names)
  const parts = entriesOf(value)
  if (isMapValue(starter)) {
    const shape = new Map(shapeOf(to.field))
    const kept = parts.filter(([key, part]) => {
      const field = shape.get(key)
      return field !== undefined && isRight(field, part)
    })
    const merged = { ...starter, ...Object.fromEntries(kept) }
    return to.matches(merged) ? merged : starter
  }
  const joined = joinedMember(parts, to)
  const [fitting] = parts.filter(([, part]) => to.matches(part) && isRight(to.field, part))
  return joined ?? fitting?.[1] ?? starter
}

function joinedMember(parts: readonly (readonly [string, JsonValue])[], to: Way): JsonValue | undefined {
  if (to.field.field.input?.kind !== 'member') return undefined
  const texts = parts.map(([, part]) => part).filter((part): part is string => typeof part === 'string')
  if (texts[0]?.includes('.') === true) return texts[0]
  return texts.length < 2 ? undefined : `${texts[0]}.${texts[1]}`
}
