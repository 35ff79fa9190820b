// XXH32: xxHash for 32-bit machines, seed 0.

import { hexOfWord32, type DigestDefinition } from './digest.ts'
import { rotateLeft32, viewOf } from './words.ts'

const PRIME_1 = 0x9e37_79b1
const PRIME_2 = 0x85eb_ca77
const PRIME_3 = 0xc2b2_ae3d
const PRIME_4 = 0x27d4_eb2f
const PRIME_5 = 0x1656_67b1

/** Bytes per stripe: four lanes of four. */
const STRIPE_BYTES = 16

/**
 * XXH32 of the bytes with seed 0, unsigned.
 *
 * Source: Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, section "XXH32 algorithm description": four
 * accumulators take acc = rotl(acc + lane * P2, 13) * P1 per stripe and converge to rotl(a1, 1) + rotl(a2, 7) +
 * rotl(a3, 12) + rotl(a4, 18); then the length, the remaining words and bytes, and the avalanche.
 * Differs from the source: none.
 */
function xxh32(bytes: Uint8Array): number {
  const view = viewOf(bytes)
  const length = bytes.length
  let position = 0
  let hash = PRIME_5
  if (length >= STRIPE_BYTES) {
    const lanes = new Int32Array([PRIME_1 + PRIME_2, PRIME_2, 0, -PRIME_1])
    for (; position + STRIPE_BYTES <= length; position += STRIPE_BYTES) {
      for (let lane = 0; lane < 4; lane++) {
        const sum = lanes[lane]! + Math.imul(view.getInt32(position + 4 * lane, true), PRIME_2)
        lanes[lane] = Math.imul(rotateLeft32(sum, 13), PRIME_1)
      }
    }
    const [first, second, third, fourth] = lanes
    hash = rotateLeft32(first!, 1) + rotateLeft32(second!, 7) + rotateLeft32(third!, 12) + rotateLeft32(fourth!, 18)
  }
  hash = (hash + length) | 0
  for (; position + 4 <= length; position += 4) {
    hash = Math.imul(rotateLeft32(hash + Math.imul(view.getInt32(position, true), PRIME_3), 17), PRIME_4)
  }
  for (; position < length; position++) {
    hash = Math.imul(rotateLeft32(hash + Math.imul(bytes[position]!, PRIME_5), 11), PRIME_1)
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2)
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** XXH32. */
export const xxh32Digest: DigestDefinition = {
  id: 'xxh32',
  label: 'xxHash (32 bits)',
  source: 'Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, section "XXH32 algorithm description"',
  hex: (bytes) => hexOfWord32(xxh32(bytes)),
}
