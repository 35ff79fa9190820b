// FNV-1a in 32 and 64 bits.

import { hexOfWord32, hexOfWord64, type DigestDefinition } from './digest.ts'

const OFFSET_BASIS_32 = 0x811c_9dc5
const PRIME_32 = 0x0100_0193
const OFFSET_BASIS_64 = 0xcbf2_9ce4_8422_2325n
const PRIME_64 = 0x100_0000_01b3n

const SOURCE =
  'G. Fowler, L. C. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm", Internet-Draft draft-eastlake-fnv, section 2: hash = offset_basis, then for each octet hash = (hash xor octet) * FNV_Prime'

/** FNV-1a of bytes[start] to the last one, unsigned 32 bits. Differs from the source: none. */
export function fnv1a32(bytes: Uint8Array, start = 0): number {
  return fnv1a32Continued(OFFSET_BASIS_32, bytes, start)
}

/** FNV-1a of what gave `hash` so far, followed by bytes[start] to the last one; unsigned 32 bits. */
export function fnv1a32Continued(hash: number, bytes: Uint8Array, start = 0): number {
  let state = hash | 0
  for (let position = start; position < bytes.length; position++) state = Math.imul(state ^ bytes[position]!, PRIME_32)
  return state >>> 0
}

/** FNV-1a of the bytes, unsigned 64 bits; big integers, so not for hot paths. Differs from the source: none. */
function fnv1a64(bytes: Uint8Array): bigint {
  let hash = OFFSET_BASIS_64
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME_64)
  return hash
}

/** FNV-1a, 32 bits. */
export const fnv1a32Digest: DigestDefinition = {
  id: 'fnv1a32',
  label: 'FNV-1a (32 bits)',
  source: SOURCE,
  hex: (bytes) => hexOfWord32(fnv1a32(bytes)),
}

/** FNV-1a, 64 bits. */
export const fnv1a64Digest: DigestDefinition = {
  id: 'fnv1a64',
  label: 'FNV-1a (64 bits)',
  source: SOURCE,
  hex: (bytes) => hexOfWord64(fnv1a64(bytes)),
}
