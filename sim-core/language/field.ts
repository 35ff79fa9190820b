/** What a field of the scenario language is: a zod schema that validates, with the description everything derives from. */
import * as z from 'zod'
import type { Complaint, Reading } from './quantity.ts'
import type { DistributedQuantity, Quantity } from './units.ts'

/** A JSON value, as it comes out of a scenario file. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/** A fragment of JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** One way to write a value that may be written in several. */
export interface Branch {
  /** The shape, as messages show it. */
  readonly label: string
  /** One or two words by which a switch between the ways names it. */
  readonly title: string
  /** Whether an input is written this way. */
  readonly matches: (input: unknown) => boolean
  readonly field: AnyField
}

/** One name of a closed list, with what a reader may want to know before choosing it. */
export interface ChoiceOption {
  readonly id: string
  readonly label?: string
  readonly help?: string
  /** Authors, title, year. */
  readonly source?: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs?: string
}

/** Bounds of a number in base units; `above` is exclusive. */
export interface Bounds {
  readonly min?: number
  readonly max?: number
  readonly above?: number
}

/** How a leaf is written, for whoever offers an input for it. A leaf without one takes free text. */
export type LeafInput =
  | { readonly kind: 'quantity'; readonly quantity: Quantity; readonly isWhole: boolean; readonly bounds: Bounds }
  | { readonly kind: 'choice'; readonly options: readonly ChoiceOption[] }
  /** The id of an entry of one of the sections; `isOpen` when a part of it may be named, too. */
  | { readonly kind: 'reference'; readonly sections: readonly string[]; readonly isOpen: boolean }
  /** `owner.member`, or one of the words. */
  | {
      readonly kind: 'member'
      readonly section: string
      readonly subsection: string
      readonly words: readonly string[]
    }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'distribution'; readonly quantity: DistributedQuantity }
  /** Only this can stand there. */
  | { readonly kind: 'word'; readonly value: JsonValue }

/** What an editor may draw beside a field: the load over time that it describes. */
export interface LoadPicture {
  readonly kind: 'load'
  readonly level: 'rate' | 'users'
}

/** What a field is made of, for the reference documentation. A leaf is written as one scalar. */
export type Structure =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'fields'; readonly shape: Readonly<Record<string, AnyField>> }
  /** `key` checks the names; `min` entries at least. */
  | { readonly kind: 'named'; readonly item: AnyField; readonly key: AnyField; readonly min: number }
  | { readonly kind: 'list'; readonly item: AnyField; readonly min: number; readonly max: number }
  | { readonly kind: 'one_of'; readonly branches: readonly Branch[] }
  | { readonly kind: 'steps' }

/** The description of a field: documentation, JSON Schema and the names of parsed keys all read it. */
export interface FieldDescription<Suffix extends string = string> {
  /** The type in words: `duration`, `count`, `one of a, b`. */
  readonly type: string
  /** One sentence for the user. */
  readonly help: string
  /** Unit suffix of the parsed key: `timeout` becomes `timeoutNs`. Empty when the value has no unit. */
  readonly suffix: Suffix
  /** Allowed range in words, as a user would write it. */
  readonly range?: string
  /** Values that an editor may offer. */
  readonly examples?: readonly JsonValue[]
  /** The default in words; absent when the field is required, or optional without a default. */
  readonly byDefault?: string
  /** The default as a user would write it, where it is a value. */
  readonly defaultValue?: JsonValue
  readonly isOptional: boolean
  /** For leaves: what the input looks like. Other structures derive it from their parts. */
  readonly json?: JsonSchema
  /** For leaves: what is written there. */
  readonly input?: LeafInput
  readonly picture?: LoadPicture
  readonly structure: Structure
}

/** A zod schema from scenario text to `Output`, carrying its description. */
export type Field<Output, Suffix extends string = ''> = z.ZodType<Output> & {
  readonly field: FieldDescription<Suffix>
}

/** What a field parses to. */
export type OutputOf<F extends z.ZodType> = z.output<F>

/** Any field, whatever its output. */
export type AnyField = Field<unknown, string>

/** What `optional`, `withDefault` and the object builder need to know of a leaf. */
export type Description<Suffix extends string> = Omit<FieldDescription<Suffix>, 'isOptional' | 'structure'> & {
  readonly structure?: Structure
}

/** Attaches a description to a zod schema. */
export function describeField<Output, Suffix extends string>(
  schema: z.ZodType<Output>,
  description: Description<Suffix>,
): Field<Output, Suffix> {
  const field: FieldDescription<Suffix> = { structure: { kind: 'leaf' }, ...description, isOptional: false }
  return Object.assign(schema, { field })
}

/** A leaf: `read` turns the raw input into a value or into a complaint at the place where the input stands. */
export function leaf<Output, Suffix extends string>(
  read: (input: unknown) => Reading<Output>,
  description: Description<Suffix>,
): Field<Output, Suffix> {
  const schema = z.unknown().transform((input, context): Output => {
    const reading = read(input)
    if ('value' in reading) return reading.value
    context.issues.push(issueOf(reading.complaint, input))
    return z.NEVER
  })
  return describeField(schema, description)
}

/** The zod issue that carries a complaint; `path` continues below the place where it is raised. */
export function issueOf(complaint: Complaint, input: unknown, path: readonly (string | number)[] = []) {
  const { code, message, hint } = complaint
  return { code: 'custom' as const, message, input, path: [...path], params: { code, hint } }
}

/** The same field, allowed to be absent; the parsed key is then absent too. */
export function optional<Output, Suffix extends string>(
  field: Field<Output, Suffix>,
  whenAbsent?: string,
): Field<Output | undefined, Suffix> {
  const byDefault = whenAbsent === undefined ? {} : { byDefault: whenAbsent }
  return Object.assign(field.optional(), { field: { ...field.field, ...byDefault, isOptional: true } })
}

/** The same field with a default, written as a user would write it and parsed like anything else. */
export function withDefault<Output, Suffix extends string>(
  field: Field<Output, Suffix>,
  value: JsonValue,
): Field<Output, Suffix> {
  const byDefault = typeof value === 'string' ? value : JSON.stringify(value)
  return Object.assign(
    field.prefault(() => value as never),
    {
      field: { ...field.field, byDefault, defaultValue: value, isOptional: true },
    },
  )
}

/** A complaint about the relation of several values, placed at `path` below the value that is checked. */
export interface PlacedComplaint extends Complaint {
  readonly path: readonly (string | number)[]
}

/** The same field with a check of the whole parsed value, run when every part of it is right. */
export function checked<Output, Suffix extends string>(
  field: Field<Output, Suffix>,
  check: (value: Output) => readonly PlacedComplaint[],
): Field<Output, Suffix> {
  const { isOptional: _, ...description } = field.field
  const schema = field.transform((value, context): Output => {
    for (const complaint of check(value)) context.issues.push(issueOf(complaint, value, complaint.path))
    return value
  })
  return describeField(schema as unknown as z.ZodType<Output>, description)
}

/** The same input, its parsed value turned into another shape; for short and long ways to write one thing. */
export function mapped<Input, Output, Suffix extends string>(
  field: Field<Input, Suffix>,
  map: (value: Input) => Output,
): Field<Output> {
  const { isOptional: _, suffix: __, ...description } = field.field
  return describeField(field.transform(map) as unknown as z.ZodType<Output>, { ...description, suffix: '' })
}
