/** Values to start from: what a new entry, step or way of writing holds before anybody changes it. */
import type { AnyField, JsonValue, LeafInput } from '../../sim-core/language/field.ts'
import type { ScenarioNames } from '../../sim-core/language/schema-context.ts'
import { formatQuantity, quantities } from '../../sim-core/language/units.ts'
import { waysOf } from './form-model.ts'
import type { Way } from './form-types.ts'

/** The smallest value of a field that is complete: required parts alone, references to what the scenario has. */
export function starterValue(field: AnyField, names: ScenarioNames): JsonValue {
  const { structure, defaultValue, examples, input } = field.field
  switch (structure.kind) {
    case 'leaf':
      return defaultValue ?? starterLeaf(input, examples ?? [], names)
    case 'fields':
      return Object.fromEntries(
        Object.entries(structure.shape)
          .filter(([, part]) => !part.field.isOptional)
          .map(([key, part]) => [key, starterValue(part, names)]),
      )
    case 'named':
      return structure.min === 0 ? {} : { [starterName(structure.key, names)]: starterValue(structure.item, names) }
    case 'list':
      return Array.from({ length: Math.max(1, structure.min) }, () => starterValue(structure.item, names))
    case 'one_of': {
      const ways = waysOf(field)
      const byDefault = ways.find(({ matches }) => defaultValue !== undefined && matches(defaultValue))
      if (byDefault !== undefined && defaultValue !== undefined) return defaultValue
      const [first] = ways
      return first === undefined ? '' : starterOfWay(first, names)
    }
    case 'steps':
      return []
  }
}

/** A value written one certain way; parts that make it recognisable are added to the required ones. */
export function starterOfWay({ field, matches }: Way, names: ScenarioNames): JsonValue {
  const value = starterValue(field, names)
  const { structure } = field.field
  if (structure.kind === 'named' && structure.min === 0) {
    return { [starterName(structure.key, names)]: starterValue(structure.item, names) }
  }
  if (matches(value) || structure.kind !== 'fields') return value
  const required = value as Readonly<Record<string, JsonValue>>
  for (const [key, part] of Object.entries(structure.shape)) {
    const more = { ...required, [key]: starterValue(part, names) }
    if (matches(more)) return more
  }
  return value
}

/** A name for the first entry of a map. */
function starterName(key: AnyField, names: ScenarioNames): string {
  const { input } = key.field
  const name = input === undefined ? '' : starterLeaf(input, [], names)
  return typeof name === 'string' && name !== '' ? name : 'name'
}

function starterLeaf(input: LeafInput | undefined, examples: readonly JsonValue[], names: ScenarioNames): JsonValue {
  const [example = ''] = examples
  switch (input?.kind) {
    case undefined:
    case 'distribution':
      return example
    case 'quantity':
      return starterQuantity(input, examples)
    case 'choice':
      return input.options.map(({ id }) => id)[0] ?? ''
    case 'reference':
    case 'member':
      return firstTarget(input, names)
    case 'text':
      return 'name'
    case 'flag':
      return false
    case 'word':
      return input.value
  }
}

function firstTarget(input: LeafInput & { readonly kind: 'reference' | 'member' }, names: ScenarioNames): string {
  if (input.kind === 'member') return membersOf(input, names)[0] ?? ''
  return input.sections.flatMap((section) => names.ids(section) ?? [])[0] ?? ''
}

function starterQuantity(input: LeafInput & { readonly kind: 'quantity' }, examples: readonly JsonValue[]): JsonValue {
  const { quantity, bounds } = input
  const [example] = examples
  // The example that every plain number has says nothing of this one.
  const isOwn = example !== undefined && example !== quantities[quantity].example
  if (quantity !== 'number' || isOwn) return example ?? formatQuantity(bounds.min ?? bounds.max ?? 1, quantity)
  const least = bounds.min ?? (bounds.above === undefined ? 0 : bounds.above + 1)
  return Math.max(least, Math.min(1, bounds.max ?? 1))
}

/** Every `owner.member` that a field may name; the member alone where only one owner has it. */
export function membersOf(
  { section, subsection, words }: LeafInput & { readonly kind: 'member' },
  names: ScenarioNames,
): readonly string[] {
  const owners = names.ids(section) ?? []
  return [
    ...owners.flatMap((owner) => names.members(section, owner, subsection).map((name) => `${owner}.${name}`)),
    ...words,
  ]
}
