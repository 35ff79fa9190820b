/** Builders of lists, of records keyed by the user's own names, and of values that may be written in several ways. */
import * as z from 'zod'
import type { AnyField, Branch, Field, LoadPicture } from './field.ts'
import { checked, describeField, issueOf, leaf } from './field.ts'
import { quoted } from './quantity.ts'
import { choice } from './scalar-fields.ts'

/** What an id that a user gives to something looks like. */
const ID_PATTERN = /^[a-z][a-z0-9_]*$/u

/** Longest id, in characters: ids become metric names and column headers. */
const MAX_ID_LENGTH = 64

/** Most entries in one list or record; more is a generated file that no report could show. */
const MAX_ENTRIES = 10_000

const id = leaf<string, ''>(
  (input) =>
    typeof input === 'string' && input.length <= MAX_ID_LENGTH && ID_PATTERN.test(input)
      ? { value: input }
      : {
          complaint: {
            code: 'bad-id',
            message: `${quoted(input)} cannot be a name here`,
            hint: `a name starts with a lower-case letter and has only a-z, 0-9 and _, at most ${MAX_ID_LENGTH} characters`,
          },
        },
  { type: 'name', help: 'A name given by the user.', suffix: '', json: { type: 'string', pattern: ID_PATTERN.source } },
)

/** A record keyed by names that the user gives; the keys stay as written. `min` entries at least, none by default. */
export function named<Output>(
  item: Field<Output, string>,
  options: { readonly help: string; readonly min?: number },
): Field<Readonly<Record<string, Output>>> {
  const schema = z.record(id, item) as unknown as z.ZodType<Readonly<Record<string, Output>>>
  const field = describeField(schema, {
    type: 'map of names',
    help: options.help,
    suffix: '',
    structure: { kind: 'named', item, key: id, min: options.min ?? 0 },
  })
  const { min = 0 } = options
  if (min === 0) return field
  const tooFew = { code: 'missing', message: 'there is no entry here', hint: 'add an entry: name: { ... }', path: [] }
  return checked(field, (entries) => (Object.keys(entries).length >= min ? [] : [tooFew]))
}

/** A record whose keys are references or other names that the caller checks itself. */
export function keyed<Output, Key extends string>(
  key: Field<Key>,
  item: Field<Output, string>,
  options: { readonly help: string },
): Field<Readonly<Record<string, Output>>> {
  const schema = z.record(key, item) as unknown as z.ZodType<Readonly<Record<string, Output>>>
  return describeField(schema, {
    type: 'map',
    help: options.help,
    suffix: '',
    structure: { kind: 'named', item, key, min: 0 },
  })
}

/** A list, at least `min` (default 1) and at most `max` long. */
export function list<Output>(
  item: Field<Output, string>,
  options: { readonly help: string; readonly min?: number; readonly max?: number },
): Field<readonly Output[]> {
  const { min = 1, max = MAX_ENTRIES } = options
  const schema = z.array(item).min(min).max(max) as unknown as z.ZodType<readonly Output[]>
  return describeField(schema, {
    type: 'list',
    help: options.help,
    suffix: '',
    structure: { kind: 'list', item, min, max },
  })
}

type BranchOutput<A> = A extends { readonly field: infer F extends z.ZodType } ? z.output<F> : never
type SuffixIn<A> = A extends { readonly field: { readonly field: { readonly suffix: infer S extends string } } }
  ? S
  : ''

/**
 * An alternative for inputs of the shape that `matches` recognises; `label` names the shape in messages, `title` says in
 * one or two words which way to write the value it is.
 */
export function when<F extends AnyField>(
  matches: (input: unknown) => boolean,
  label: string,
  field: F,
  title: string = label,
) {
  return { matches, label, field, title }
}

interface ShapeUnionDefinition extends z.core.$ZodUnionDef {
  readonly pick: (input: unknown) => z.core.$ZodType | undefined
  readonly labels: readonly string[]
}

/** zod's initialiser of unions. It is declared as an assertion, which TypeScript lets nobody call through a namespace. */
const initUnion = (schema: z.ZodUnion, definition: z.core.$ZodUnionDef): void => {
  const constructor: z.core.$constructor<z.ZodUnion> = z.ZodUnion
  constructor.init(schema, definition)
}

/**
 * A union that first looks at the outer shape of the input and then validates that branch alone, so that a mistake inside
 * a branch is reported as what it is, and not as "matches none of these". zod's own discriminated union works likewise,
 * but only for objects with a literal key.
 */
const ShapeUnion = z.core.$constructor<z.ZodUnion, ShapeUnionDefinition>('ShapeUnion', (schema, definition) => {
  initUnion(schema, definition)
  schema._zod.parse = (payload, context) => {
    const branch = definition.pick(payload.value)
    if (branch !== undefined) return branch._zod.run(payload, context)
    const isMissing = payload.value === undefined
    const complaint = {
      code: isMissing ? 'missing' : 'wrong-type',
      message: isMissing ? 'a value is required here' : `${quoted(payload.value)} does not fit here`,
      hint: `write ${definition.labels.join(', or ')}`,
    }
    payload.issues.push(issueOf(complaint, payload.value))
    return payload
  }
})

/** Inputs that fit no alternative but are close to one; the field must refuse them, with a message that helps. */
export interface NearMiss {
  readonly matches: (input: unknown) => boolean
  readonly field: AnyField
}

/** Options of a union. */
export interface UnionOptions {
  readonly help: string
  readonly otherwise?: NearMiss
  readonly picture?: LoadPicture
}

/** A value that may be written in several ways, told apart by shape; the first alternative that matches is taken. */
export function oneOf<const A extends readonly Branch[]>(
  alternatives: A,
  options: UnionOptions,
): Field<BranchOutput<A[number]>, SuffixIn<A[number]>> {
  const schema = new ShapeUnion({
    type: 'union',
    options: alternatives.map((alternative) => alternative.field),
    pick: (input) => (alternatives.find((one) => one.matches(input)) ?? nearly(input))?.field,
    labels: alternatives.map((alternative) => alternative.label),
  }) as unknown as z.ZodType<BranchOutput<A[number]>>
  function nearly(input: unknown): NearMiss | undefined {
    return options.otherwise?.matches(input) === true ? options.otherwise : undefined
  }
  const suffixes = new Set(alternatives.map((alternative) => alternative.field.field.suffix))
  const suffix = (suffixes.size === 1 ? [...suffixes].join('') : '') as SuffixIn<A[number]>
  return describeField(schema, {
    type: alternatives.map((alternative) => alternative.label).join(' or '),
    help: options.help,
    suffix,
    structure: { kind: 'one_of', branches: alternatives },
    ...(options.picture === undefined ? {} : { picture: options.picture }),
  })
}

/** Whether the input is one scalar: a text, a number or a flag. */
export function isScalar(input: unknown): boolean {
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
}

/** Whether the input is a list. */
export function isList(input: unknown): input is readonly unknown[] {
  return Array.isArray(input)
}

/** Whether the input is a map. */
export function isMap(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

/** Recognises a map that has `key`, whatever else it has. */
export function hasKey(key: string): (input: unknown) => boolean {
  return (input) => isMap(input) && Object.hasOwn(input, key)
}

/** Recognises exactly this word. */
export function isWord(word: string): (input: unknown) => boolean {
  return (input) => input === word
}

/** A near miss of a union told apart by `kind`: a map whose kind does not exist, refused at the kind alone. */
export function unknownKind(names: readonly string[]): NearMiss {
  const schema = z.looseObject({ kind: choice(names, { help: 'Which kind.' }) })
  const description = { type: 'map', help: 'A kind that does not exist.', suffix: '' }
  return { matches: isMap, field: describeField<unknown, string>(schema, description) }
}
