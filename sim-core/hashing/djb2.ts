// Bernstein's hash, one of those that HAProxy offers.

const START = 5381

/**
 * The djb2 hash of bytes[start] to the last one, unsigned 32 bits.
 *
 * Source: D. J. Bernstein, posted to comp.lang.c, 1991; HAProxy 2.6, src/hash.c, hash_djb2: hash = hash * 33 + byte,
 * starting from 5381.
 * Differs from the source: none.
 */
export function djb2(bytes: Uint8Array, start = 0): number {
  let hash = START
  for (let position = start; position < bytes.length; position++) hash = (Math.imul(hash, 33) + bytes[position]!) | 0
  return hash >>> 0
}
