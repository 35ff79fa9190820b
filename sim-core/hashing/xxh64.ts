// XXH64: xxHash for 64-bit machines.

import { hexOfWord64, type DigestDefinition } from './digest.ts'
import { low64, rotateLeft64, viewOf } from './words.ts'

const PRIME_1 = 0x9e37_79b1_85eb_ca87n
const PRIME_2 = 0xc2b2_ae3d_27d4_eb4fn
const PRIME_3 = 0x1656_67b1_9e37_79f9n
const PRIME_4 = 0x85eb_ca77_c2b2_ae63n
const PRIME_5 = 0x27d4_eb2f_1656_67c5n

/** Bytes per stripe: four lanes of eight. */
const STRIPE_BYTES = 32

/**
 * XXH64 of the bytes, unsigned; big integers, so not for hot paths.
 *
 * Source: Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, section "XXH64 algorithm description": four
 * accumulators take acc = rotl(acc + lane * P2, 31) * P1 per stripe, converge to rotl(a1, 1) + rotl(a2, 7) +
 * rotl(a3, 12) + rotl(a4, 18) and are merged in; then the length, the remaining words and bytes, and the avalanche.
 * Differs from the source: none.
 */
export function xxh64(bytes: Uint8Array, seed = 0n): bigint {
  const view = viewOf(bytes)
  const length = bytes.length
  let position = length - (length % STRIPE_BYTES)
  let hash = low64((length >= STRIPE_BYTES ? converge(view, position, seed) : seed + PRIME_5) + BigInt(length))
  for (; position + 8 <= length; position += 8) {
    hash ^= round(0n, view.getBigUint64(position, true))
    hash = low64(rotateLeft64(hash, 27n) * PRIME_1 + PRIME_4)
  }
  if (position + 4 <= length) {
    hash ^= low64(BigInt(view.getUint32(position, true)) * PRIME_1)
    hash = low64(rotateLeft64(hash, 23n) * PRIME_2 + PRIME_3)
    position += 4
  }
  for (; position < length; position++) {
    hash ^= low64(BigInt(bytes[position]!) * PRIME_5)
    hash = low64(rotateLeft64(hash, 11n) * PRIME_1)
  }
  return avalanche64(hash)
}

/** The final mixing step, which XXH3 shares. */
export function avalanche64(word: bigint): bigint {
  const first = low64((word ^ (word >> 33n)) * PRIME_2)
  const second = low64((first ^ (first >> 29n)) * PRIME_3)
  return second ^ (second >> 32n)
}

/** Consumes all stripes before `end` and merges the accumulators. */
function converge(view: DataView, end: number, seed: bigint): bigint {
  const lanes = [PRIME_1 + PRIME_2, PRIME_2, 0n, -PRIME_1].map((start) => low64(seed + start))
  for (let position = 0; position < end; position += STRIPE_BYTES) {
    for (const [lane, accumulator] of lanes.entries()) {
      lanes[lane] = round(accumulator, view.getBigUint64(position + 8 * lane, true))
    }
  }
  const turns = [1n, 7n, 12n, 18n]
  let hash = lanes.reduce((sum, lane, index) => low64(sum + rotateLeft64(lane, turns[index]!)), 0n)
  for (const lane of lanes) hash = low64((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4)
  return hash
}

function round(accumulator: bigint, lane: bigint): bigint {
  return low64(rotateLeft64(low64(accumulator + lane * PRIME_2), 31n) * PRIME_1)
}

/** XXH64. */
export const xxh64Digest: DigestDefinition = {
  id: 'xxh64',
  label: 'xxHash (64 bits)',
  source: 'Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, section "XXH64 algorithm description"',
  hex: (bytes) => hexOfWord64(xxh64(bytes)),
}
