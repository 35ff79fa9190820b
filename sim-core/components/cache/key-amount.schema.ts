/** How the most popular keys of a population are told: by their number, or as a share of all. */
import { isScalar, oneOf, when } from '../../language/collections.ts'
import type { OutputOf } from '../../language/field.ts'
import { mapped } from '../../language/field.ts'
import { count, ratio } from '../../language/scalar-fields.ts'

/** Most entries of one tier: more keys than any population has. */
export const MAX_ENTRIES = 1_000_000_000

/** A number of keys such as `1000`, or a share such as `5%`; `min` keys at least, and where that is more than none, a share above 0. */
export function keyAmount(options: { readonly help: string; readonly min: number }) {
  const isShare = (input: unknown): boolean => typeof input === 'string' && input.trim().endsWith('%')
  const bounds = options.min > 0 ? { above: 0 } : {}
  const share = mapped(ratio({ ...bounds, help: 'Share of the keys.' }), (value) => ({
    kind: 'share' as const,
    ratio: value,
  }))
  const number = mapped(count({ min: options.min, max: MAX_ENTRIES, help: 'Number of keys.' }), (value) => ({
    kind: 'count' as const,
    count: value,
  }))
  return oneOf([when(isShare, '100%', share), when(isScalar, '1000', number)], { help: options.help })
}

/** How many of the most popular keys: their number, or a share of all. */
export type KeyAmount = OutputOf<ReturnType<typeof keyAmount>>

/** Number of keys of a population of `keys` that an amount stands for. */
export function amountOf(amount: KeyAmount, keys: number): number {
  return Math.min(keys, amount.kind === 'share' ? Math.round(amount.ratio * keys) : amount.count)
}
