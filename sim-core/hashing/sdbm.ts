// The sdbm hash, HAProxy's default.

/**
 * The sdbm hash of bytes[start] to the last one, unsigned 32 bits.
 *
 * Source: O. Yigit, "sdbm: Substitute DBM", 1990, hash.c; HAProxy 2.6, src/hash.c, hash_sdbm:
 * hash = byte + (hash << 6) + (hash << 16) - hash.
 * Differs from the source: none.
 */
export function sdbm(bytes: Uint8Array, start = 0): number {
  let hash = 0
  for (let position = start; position < bytes.length; position++) {
    hash = (bytes[position]! + (hash << 6) + (hash << 16) - hash) | 0
  }
  return hash >>> 0
}
