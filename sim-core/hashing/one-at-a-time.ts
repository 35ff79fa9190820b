// Jenkins's one-at-a-time hash, libmemcached's default.

/**
 * The one-at-a-time hash of the bytes, unsigned 32 bits.
 *
 * Source: B. Jenkins, "Hash Functions", Dr. Dobb's Journal, September 1997, listing "One-at-a-Time Hash": per byte
 * h += byte, h += h << 10, h ^= h >> 6; at the end h += h << 3, h ^= h >> 11, h += h << 15.
 * Differs from the source: none.
 */
export function oneAtATime(bytes: Uint8Array): number {
  let hash = 0
  for (const byte of bytes) {
    hash = (hash + byte) | 0
    hash = (hash + (hash << 10)) | 0
    hash ^= hash >>> 6
  }
  hash = (hash + (hash << 3)) | 0
  hash ^= hash >>> 11
  return (hash + (hash << 15)) >>> 0
}
