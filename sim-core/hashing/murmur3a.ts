// MurmurHash3 for 32-bit machines, 32 bits of output, seed 0.

import { fmix32 } from '../kernel/fmix32.ts'
import { hexOfWord32, type DigestDefinition } from './digest.ts'
import { rotateLeft32, viewOf } from './words.ts'

const C1 = 0xcc9e_2d51
const C2 = 0x1b87_3593

/**
 * MurmurHash3_x86_32 of the bytes with seed 0, unsigned.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function MurmurHash3_x86_32: per block of four bytes k *= c1,
 * k = rotl(k, 15), k *= c2, h ^= k, h = rotl(h, 13), h = h * 5 + 0xe6546b64; the tail likewise without the last two
 * steps; then h ^= length and the finaliser fmix32.
 * Differs from the source: none.
 */
function murmur3a(bytes: Uint8Array): number {
  const view = viewOf(bytes)
  const tail = bytes.length & ~3
  let hash = 0
  for (let position = 0; position < tail; position += 4) {
    hash ^= scramble(view.getInt32(position, true))
    hash = (Math.imul(rotateLeft32(hash, 13), 5) + 0xe654_6b64) | 0
  }
  let rest = 0
  for (let position = bytes.length - 1; position >= tail; position--) rest = (rest << 8) | bytes[position]!
  hash ^= scramble(rest) ^ bytes.length
  return fmix32(hash) >>> 0
}

function scramble(word: number): number {
  return Math.imul(rotateLeft32(Math.imul(word, C1), 15), C2)
}

/** MurmurHash3, 32 bits. */
export const murmur3aDigest: DigestDefinition = {
  id: 'murmur3a',
  label: 'MurmurHash3 (x86, 32 bits)',
  source: 'A. Appleby, "MurmurHash3", 2011, function MurmurHash3_x86_32',
  hex: (bytes) => hexOfWord32(murmur3a(bytes)),
}
