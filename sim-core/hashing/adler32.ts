// Adler-32, the checksum of zlib streams.

import { hexOfWord32, type DigestDefinition } from './digest.ts'

/** The largest prime below 2^16. */
const MODULUS = 65_521

/**
 * Adler-32 of the bytes, unsigned.
 *
 * Source: P. Deutsch, J-L. Gailly, "ZLIB Compressed Data Format Specification version 3.3", RFC 1950, 1996, section 2.2:
 * s1 = 1 + sum of all bytes, s2 = sum of all s1 values, both modulo 65521; the checksum is s2 * 65536 + s1.
 * Differs from the source: none.
 */
function adler32(bytes: Uint8Array): number {
  let s1 = 1
  let s2 = 0
  for (const byte of bytes) {
    s1 = (s1 + byte) % MODULUS
    s2 = (s2 + s1) % MODULUS
  }
  return s2 * 65_536 + s1
}

/** Adler-32. */
export const adler32Digest: DigestDefinition = {
  id: 'adler32',
  label: 'Adler-32',
  source:
    'P. Deutsch, J-L. Gailly, "ZLIB Compressed Data Format Specification version 3.3", RFC 1950, 1996, section 2.2',
  hex: (bytes) => hexOfWord32(adler32(bytes)),
}
