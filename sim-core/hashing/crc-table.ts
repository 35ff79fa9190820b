// The byte table of reflected 32-bit cyclic redundancy checks, and the loop that uses it.

/**
 * The remainders of all single bytes for a reflected generator polynomial.
 *
 * Source: D. V. Sarwate, "Computation of cyclic redundancy checks via table look-up", Comm. ACM 31(8), 1988.
 * Differs from the source: none.
 */
export function createCrcTable(reflectedPolynomial: number): Int32Array {
  const table = new Int32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte
    for (let bit = 0; bit < 8; bit++) {
      remainder = (remainder & 1) === 1 ? (remainder >>> 1) ^ reflectedPolynomial : remainder >>> 1
    }
    table[byte] = remainder
  }
  return table
}

/**
 * The check of bytes[start] to bytes[end - 1] as an unsigned 32-bit number, complemented at the end. It starts from all
 * ones, or from the complement of an earlier check whose bytes come before these.
 */
export function crcOfRange(table: Int32Array, bytes: Uint8Array, start: number, end: number, before = -1): number {
  let remainder = before
  for (let position = start; position < end; position++) {
    remainder = table[(remainder ^ bytes[position]!) & 0xff]! ^ (remainder >>> 8)
  }
  return ~remainder >>> 0
}
