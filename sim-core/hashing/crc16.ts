// CRC-16/XMODEM and the rule by which Redis Cluster maps a key to one of its 16,384 slots.

import { decimalDigits, writeDecimalDigits } from './decimal-digits.ts'

/** x^16 + x^12 + x^5 + 1. */
const POLYNOMIAL = 0x1021

/** Hash slots of a Redis cluster. */
export const REDIS_SLOTS = 16_384

const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

const TABLE = createTable()

function createTable(): Uint16Array {
  const table = new Uint16Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte << 8
    for (let bit = 0; bit < 8; bit++) remainder = (remainder << 1) ^ ((remainder & 0x8000) === 0 ? 0 : POLYNOMIAL)
    table[byte] = remainder
  }
  return table
}

/**
 * CRC-16/XMODEM of bytes[start] to bytes[end - 1]: bits unreflected, start value 0.
 *
 * Source: Redis Cluster specification, appendix A ("CRC16 reference implementation"); ITU-T V.41 (polynomial).
 * Differs from the source: none.
 */
function crc16OfRange(bytes: Uint8Array, start: number, end: number): number {
  let remainder = 0
  for (let position = start; position < end; position++) {
    remainder = ((remainder << 8) & 0xffff) ^ TABLE[((remainder >>> 8) ^ bytes[position]!) & 0xff]!
  }
  return remainder
}

/** CRC-16/XMODEM of the bytes, 0..65535. */
export function crc16(bytes: Uint8Array): number {
  return crc16OfRange(bytes, 0, bytes.length)
}

/**
 * The slot of a key, 0..16383.
 *
 * Source: Redis Cluster specification, sections "Key distribution model" (HASH_SLOT = CRC16(key) mod 16384) and "Hash
 * tags": if the key has a { and a } to its right, and something between the first { and the first } after it, only that
 * is hashed.
 * Differs from the source: none.
 */
export function redisSlot(key: Uint8Array): number {
  const opening = key.indexOf(OPENING_BRACE)
  const closing = opening === -1 ? -1 : key.indexOf(CLOSING_BRACE, opening + 1)
  const isTagged = closing > opening + 1
  return (isTagged ? crc16OfRange(key, opening + 1, closing) : crc16(key)) % REDIS_SLOTS
}

/** The slot of a key that is the decimal text of a non-negative safe integer, without making the text. */
export function redisSlotOfDecimal(id: number): number {
  return crc16OfRange(decimalDigits, writeDecimalDigits(id), decimalDigits.length) % REDIS_SLOTS
}
