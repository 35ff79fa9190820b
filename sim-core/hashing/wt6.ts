// The wt6 hash, one of those that HAProxy offers.

import { rotateLeft32 } from './words.ts'

const START_0 = 0xa53c_965a
const START_1 = 0x5ca6_953a

/**
 * The wt6 hash of bytes[start] to the last one, unsigned 32 bits.
 *
 * Source: HAProxy 2.6, src/hash.c, hash_wt6 (W. Tarreau): per byte h0 = ~(h0 ^ byte), h1 = ~(h1 + byte); then
 * (h0, h1) = (rotl(h1, step0), rotl(h0, step1)), and the next steps are taken from t = ((h0 >> 16) ^ h1) & 0xffff as
 * t & 31 and t >> 11; the result is h0 ^ h1.
 * Differs from the source: none.
 */
export function wt6(bytes: Uint8Array, start = 0): number {
  let h0 = START_0 | 0
  let h1 = START_1 | 0
  let step0 = 6
  let step1 = 18
  for (let position = start; position < bytes.length; position++) {
    const byte = bytes[position]!
    h0 = ~(h0 ^ byte)
    h1 = ~(h1 + byte)
    const turned = rotateLeft32(h1, step0)
    h1 = rotateLeft32(h0, step1)
    h0 = turned
    const steps = ((h0 >>> 16) ^ h1) & 0xffff
    step0 = steps & 31
    step1 = steps >>> 11
  }
  return (h0 ^ h1) >>> 0
}
