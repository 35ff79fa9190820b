/** The object builder: snake_case keys in, camelCase keys with unit suffixes out, every problem of every key at once. */
import * as z from 'zod'
import type { AnyField, Field, PlacedComplaint } from './field.ts'
import { describeField, issueOf } from './field.ts'
import { hintForName } from './nearest-name.ts'
import type { Complaint } from './quantity.ts'
import { quoted } from './quantity.ts'

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** `max_in_flight` as `maxInFlight`; an underscore before a digit stays, so `p99_9` is not confused with `p999`. */
export type CamelCase<Key extends string> = Key extends `${infer Head}_${infer Tail}`
  ? Tail extends `${Digit}${string}`
    ? `${Head}_${CamelCase<Tail>}`
    : `${Head}${Capitalize<CamelCase<Tail>>}`
  : Key

/** The fields of an object by their scenario keys. */
export type Shape = Readonly<Record<string, AnyField>>

type SuffixOfField<F> = F extends { readonly field: { readonly suffix: infer Suffix extends string } } ? Suffix : ''
type OutputKey<Key, F> = Key extends string ? `${CamelCase<Key>}${SuffixOfField<F>}` : never
type RequiredKeys<S extends Shape> = { [K in keyof S]: undefined extends z.output<S[K]> ? never : K }[keyof S]
type Flattened<T> = { readonly [K in keyof T]: T[K] }

/** What an object of these fields parses to. Keys without a default that may be absent are optional. */
export type FieldsOutput<S extends Shape> = Flattened<
  { readonly [K in RequiredKeys<S> as OutputKey<K, S[K]>]: z.output<S[K]> } & {
    readonly [K in Exclude<keyof S, RequiredKeys<S>> as OutputKey<K, S[K]>]?: Exclude<z.output<S[K]>, undefined>
  }
>

/** Options of an object: its help, and checks over several of its fields, run when each field alone is right. */
export interface FieldsOptions<Output> {
  readonly help: string
  readonly check?: (output: Output) => readonly PlacedComplaint[]
  /** What to do about a key that does not belong here, where the nearest known key is not the best answer. */
  readonly hintForKey?: (key: string) => string | undefined
}

/** What the complaint about an unknown key carries until its key is known, in the `params` of the zod issue. */
export interface UnknownKeyParams {
  readonly code: typeof UNKNOWN_KEY
  readonly known: readonly string[]
  readonly hintForKey: ((key: string) => string | undefined) | undefined
}

/** Turns `max_in_flight` into `maxInFlight`; the run-time twin of `CamelCase`. */
export function camelCase(key: string): string {
  return key.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase())
}

/**
 * A strict object. Unknown keys are complaints (`unknown-key`) at the key itself with the nearest known key; parsed keys
 * are camelCase and end in the unit of their field.
 */
export function fields<S extends Shape>(shape: S, options: FieldsOptions<FieldsOutput<S>>): Field<FieldsOutput<S>> {
  const outputKeys = new Map(Object.entries(shape).map(([key, field]) => [key, camelCase(key) + field.field.suffix]))
  const object = z.object(shape).catchall(unknownKey())
  const schema = object.transform((input, context): FieldsOutput<S> => {
    const entries = Object.entries(input).map(([key, value]) => [outputKeys.get(key) ?? key, value] as const)
    const output = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as FieldsOutput<S>
    for (const complaint of options.check?.(output) ?? []) {
      context.issues.push(issueOf(complaint, input, complaint.path))
    }
    return output
  })
  return describeField(schema, { type: 'map', help: options.help, suffix: '', structure: { kind: 'fields', shape } })

  function unknownKey(): z.ZodType {
    return z.unknown().transform((input, context) => {
      const params: UnknownKeyParams = { code: UNKNOWN_KEY, known: Object.keys(shape), hintForKey: options.hintForKey }
      context.issues.push({ code: 'custom', message: 'unknown key', input, params: { ...params } })
      return z.NEVER
    })
  }
}

/** Code of the complaint about a key that does not exist; the key is the last element of the path. */
export const UNKNOWN_KEY = 'unknown-key'

/** Completes the complaint about a key that an object does not know. */
export function unknownKeyComplaint(key: string, { known, hintForKey }: UnknownKeyParams): Complaint {
  const special = hintForKey?.(key)
  if (special !== undefined) return { code: UNKNOWN_KEY, message: `unknown key ${quoted(key)}`, hint: special }
  const hint = /^\d{3}$/u.test(key)
    ? 'numbers are written without separators between thousands'
    : hintForName(key, known, 'this map takes no keys')
  return { code: UNKNOWN_KEY, message: `unknown key ${quoted(key)}`, hint }
}
