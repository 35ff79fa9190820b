/** The field of an algorithm that is chosen by its kind: its name alone, or a map with the parameters that it reads. */
import { isMap, isScalar, oneOf, unknownKind, when } from './collections.ts'
import type { AnyField, ChoiceOption, Field } from './field.ts'
import { mapped, withDefault } from './field.ts'
import { camelCase, fields } from './fields.ts'
import { choice, count, duration, number, rate, ratio } from './scalar-fields.ts'
import type { Quantity } from './units.ts'
import { formatQuantity } from './units.ts'

/** One parameter as users see it, in base units. */
export interface ParameterShape {
  /** The key by which a scenario writes it. */
  readonly key: string
  readonly quantity: 'count' | Extract<Quantity, 'duration' | 'ratio' | 'rate' | 'number'>
  readonly min: number
  readonly max: number
  readonly help: string
}

/** An algorithm as far as its field needs to know it. */
export interface KindDefinition<Id extends string> extends ChoiceOption {
  readonly label: string
  readonly help: string
  /** The parameters it reads. */
  readonly parameters: readonly Id[]
  /** Its own defaults, where they are not those of all kinds. */
  readonly defaults?: Partial<Readonly<Record<Id, number>>>
}

/** What a kind's field parses to: every parameter, whether the kind reads it or not. */
export interface KindSpec<Id extends string> {
  readonly kind: string
  readonly parameters: Readonly<Record<Id, number>>
}

/** What a kind's field is made from. */
export interface KindFieldOptions<Id extends string> {
  readonly definitions: readonly KindDefinition<Id>[]
  readonly parameters: Readonly<Record<Id, ParameterShape>>
  readonly defaults: Readonly<Record<Id, number>>
  readonly help: string
  /** The kind of a map that names none; absent where a map must name one. */
  readonly kindByDefault?: string
}

/** The field. A mistake inside a map is reported as one of its kind. */
export function kindField<Id extends string>(options: KindFieldOptions<Id>): Field<KindSpec<Id>> {
  const { definitions, help, kindByDefault } = options
  const ids = definitions.map(({ id }) => id)
  const byName = mapped(choice(ids, { help, entries: definitions }), (id): KindSpec<Id> => {
    return {
      kind: id,
      parameters: defaultsOf(
        definitions.find((one) => one.id === id),
        options,
      ),
    }
  })
  const byKind = definitions.map((definition) => {
    const matches = (input: unknown): boolean => isMap(input) && (input['kind'] ?? kindByDefault) === definition.id
    return when(matches, `{ kind: ${definition.id}, ... }`, fieldOfKind(definition, options), definition.label)
  })
  return oneOf([when(isScalar, ids.join(', or '), byName, 'By name'), ...byKind], {
    help,
    otherwise: unknownKind(ids),
  })
}

function fieldOfKind<Id extends string>(
  definition: KindDefinition<Id>,
  options: KindFieldOptions<Id>,
): Field<KindSpec<Id>> {
  const { id, help, parameters } = definition
  const values = defaultsOf(definition, options)
  const parts = parameters.map((name) => [name, parameterField(options.parameters[name], values[name])] as const)
  const kind = choice([id], { help: 'Which kind.' })
  const shape: Record<string, AnyField> = { kind: id === options.kindByDefault ? withDefault(kind, id) : kind }
  for (const [name, field] of parts) shape[options.parameters[name].key] = field
  return mapped(fields(shape, { help }), (spec) => {
    const given = spec as unknown as Readonly<Record<string, number>>
    const read = parts.map(([name, field]) => [
      name,
      given[camelCase(options.parameters[name].key) + field.field.suffix],
    ])
    return { kind: id, parameters: { ...values, ...(Object.fromEntries(read) as Partial<Record<Id, number>>) } }
  })
}

function defaultsOf<Id extends string>(
  definition: KindDefinition<Id> | undefined,
  { defaults }: KindFieldOptions<Id>,
): Readonly<Record<Id, number>> {
  return { ...defaults, ...definition?.defaults }
}

function parameterField({ quantity, min, max, help }: ParameterShape, defaultValue: number): AnyField {
  if (quantity === 'count') return withDefault(count({ min, max, help }), defaultValue)
  if (quantity === 'number') return withDefault(number({ min, max, help }), defaultValue)
  const text = formatQuantity(defaultValue, quantity)
  // A length of time has the bounds of all durations, but may have to be more than nothing.
  if (quantity === 'duration') return withDefault(duration(min > 0 ? { above: 0, help } : { help }), text)
  return quantity === 'ratio'
    ? withDefault(ratio({ min, max, help }), text)
    : withDefault(rate({ min, max, help }), text)
}
