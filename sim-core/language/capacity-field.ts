/** The field builders for room: of a store in entries or bytes, and of keys as a number or a share of all. */
import { isScalar, oneOf, when } from './collections.ts'
import type { Field } from './field.ts'
import { mapped } from './field.ts'
import { bytes, count, ratio } from './scalar-fields.ts'

/** Most entries of one store, which take tens of gigabytes here; a population may have more keys. */
const MAX_ENTRIES = 1_000_000_000

/** Room for entries, or for their bytes. */
export type CapacitySpec = { readonly entries: number } | { readonly bytes: number }

/** How many of the keys of a population: a number, or a share of all. */
export type KeyAmountSpec =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly ratio: number }

/** `256MB`, or `10000` entries. */
export function capacity(options: { readonly help: string }): Field<CapacitySpec> {
  const isSize = (input: unknown): boolean => typeof input === 'string' && /[bB]\s*$/u.test(input)
  const size = mapped(bytes({ above: 0, help: 'Room in bytes.' }), (value): CapacitySpec => ({ bytes: value }))
  const entries = mapped(count({ max: MAX_ENTRIES, help: 'Room in entries.' }), (value): CapacitySpec => ({
    entries: value,
  }))
  return oneOf(
    [
      when(isSize, 'a size such as 256MB', size, 'Bytes'),
      when(isScalar, 'a number of entries such as 10000', entries, 'Entries'),
    ],
    options,
  )
}

/** A number of keys such as `1000`, or a share such as `5%`; `min` keys at least, and where that is more than none, a share above 0. */
export function keyAmount({ help, min }: { readonly help: string; readonly min: number }): Field<KeyAmountSpec> {
  const isShare = (input: unknown): boolean => typeof input === 'string' && input.trim().endsWith('%')
  const bounds = min > 0 ? { above: 0 } : {}
  const share = mapped(ratio({ ...bounds, help: 'Share of the keys.' }), (value): KeyAmountSpec => ({
    kind: 'share',
    ratio: value,
  }))
  const number = mapped(count({ min, max: MAX_ENTRIES, help: 'Number of keys.' }), (value): KeyAmountSpec => ({
    kind: 'count',
    count: value,
  }))
  return oneOf([when(isShare, '5%', share, 'Share'), when(isScalar, '1000', number, 'Number')], { help })
}

/** Number of keys of a population of `keys` that an amount stands for. */
export function amountOf(amount: KeyAmountSpec, keys: number): number {
  return Math.min(keys, amount.kind === 'share' ? Math.round(amount.ratio * keys) : amount.count)
}
