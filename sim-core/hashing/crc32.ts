// CRC-32, the hash behind `crc32(key) mod n` sharding, PHP's crc32() and nginx's hash directive.

import { createCrcTable, crcOfRange } from './crc-table.ts'
import { decimalDigits, writeDecimalDigits } from './decimal-digits.ts'
import { hexOfWord32, type DigestDefinition } from './digest.ts'

/** The generator polynomial 0x04C11DB7 with its bits reversed. */
const TABLE = createCrcTable(0xedb8_8320)

/** CRC-32 of the bytes, unsigned. */
export function crc32(bytes: Uint8Array): number {
  return crcOfRange(TABLE, bytes, 0, bytes.length)
}

/** CRC-32 of what gave `check` so far, followed by bytes[start] to the last one; unsigned. */
export function crc32Continued(check: number, bytes: Uint8Array, start = 0): number {
  return crcOfRange(TABLE, bytes, start, bytes.length, ~check)
}

/** CRC-32 of the decimal text of a non-negative safe integer, unsigned, without making the text. */
export function crc32OfDecimal(id: number): number {
  return crcOfRange(TABLE, decimalDigits, writeDecimalDigits(id), decimalDigits.length)
}

/** CRC-32. */
export const crc32Digest: DigestDefinition = {
  id: 'crc32',
  label: 'CRC-32',
  source:
    'ISO/IEC/IEEE 8802-3 (Ethernet), section 3.2.9 (frame check sequence); P. Deutsch, "GZIP file format specification version 4.3", RFC 1952, 1996, section 8',
  hex: (bytes) => hexOfWord32(crc32(bytes)),
}
