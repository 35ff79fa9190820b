// The decimal digits of an integer as bytes, without making a string: keys of simulated entities are hashed as text.

import { invariant } from '../kernel/invariant.ts'

/** Digits of 2^53 - 1. */
const DIGITS_MAX = 16

const ASCII_ZERO = 48

/** Integers up to this are divided with 32-bit arithmetic. */
const SMALL_MAX = 0x7fff_ffff

/** Where `writeDecimalDigits` puts the digits, right-aligned; overwritten by every call. */
export const decimalDigits = new Uint8Array(DIGITS_MAX)

/**
 * Writes the decimal digits of a non-negative safe integer, right-aligned, into `decimalDigits`.
 * Returns the position of the first one; the last one is at the end of the array.
 */
export function writeDecimalDigits(id: number): number {
  invariant(Number.isSafeInteger(id) && id >= 0, 'only non-negative safe integers are hashed as decimal text')
  let position = DIGITS_MAX
  let rest = id
  while (rest > SMALL_MAX) {
    const quotient = Math.floor(rest / 10)
    position -= 1
    decimalDigits[position] = ASCII_ZERO + (rest - 10 * quotient)
    rest = quotient
  }
  do {
    const quotient = (rest / 10) | 0
    position -= 1
    decimalDigits[position] = ASCII_ZERO + (rest - 10 * quotient)
    rest = quotient
  } while (rest > 0)
  return position
}
