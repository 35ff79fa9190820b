// MurmurHash3 for 64-bit machines, 128 bits of output, seed 0.

import { hexOfWord64, type DigestDefinition } from './digest.ts'
import { low64, rotateLeft64, viewOf } from './words.ts'

const C1 = 0x87c3_7b91_1142_53d5n
const C2 = 0x4cf5_ad43_2745_937fn

/** Bytes per block: two words of eight. */
const BLOCK_BYTES = 16

/**
 * MurmurHash3_x64_128 of the bytes with seed 0, as its two 64-bit halves; big integers, so not for hot paths.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function MurmurHash3_x64_128: per block h1 ^= mix1(k1), h1 = rotl(h1, 27) + h2,
 * h1 = h1 * 5 + 0x52dce729, h2 ^= mix2(k2), h2 = rotl(h2, 31) + h1, h2 = h2 * 5 + 0x38495ab5; the tail enters by its
 * mixes alone; then both ^= length, are added to each other, finalised by fmix64 and added again.
 * Differs from the source: none.
 */
export function murmur3f(bytes: Uint8Array): readonly [bigint, bigint] {
  const view = viewOf(bytes)
  const tail = bytes.length - (bytes.length % BLOCK_BYTES)
  let h1 = 0n
  let h2 = 0n
  for (let position = 0; position < tail; position += BLOCK_BYTES) {
    h1 ^= mixFirst(view.getBigUint64(position, true))
    h1 = low64((rotateLeft64(h1, 27n) + h2) * 5n + 0x52dc_e729n)
    h2 ^= mixSecond(view.getBigUint64(position + 8, true))
    h2 = low64((rotateLeft64(h2, 31n) + h1) * 5n + 0x3849_5ab5n)
  }
  const length = BigInt(bytes.length)
  h1 ^= mixFirst(wordOf(bytes, tail, Math.min(bytes.length, tail + 8))) ^ length
  h2 ^= mixSecond(wordOf(bytes, tail + 8, bytes.length)) ^ length
  h1 = low64(h1 + h2)
  h2 = low64(h2 + h1)
  h1 = finalMix(h1)
  h2 = finalMix(h2)
  h1 = low64(h1 + h2)
  return [h1, low64(h2 + h1)]
}

/** Up to eight bytes as a little-endian word, 0 for none. */
function wordOf(bytes: Uint8Array, start: number, end: number): bigint {
  let word = 0n
  for (let position = end - 1; position >= start; position--) word = (word << 8n) | BigInt(bytes[position]!)
  return word
}

function mixFirst(word: bigint): bigint {
  return low64(rotateLeft64(low64(word * C1), 31n) * C2)
}

function mixSecond(word: bigint): bigint {
  return low64(rotateLeft64(low64(word * C2), 33n) * C1)
}

function finalMix(word: bigint): bigint {
  const first = low64((word ^ (word >> 33n)) * 0xff51_afd7_ed55_8ccdn)
  const second = low64((first ^ (first >> 33n)) * 0xc4ce_b9fe_1a85_ec53n)
  return second ^ (second >> 33n)
}

/** MurmurHash3, 128 bits. */
export const murmur3fDigest: DigestDefinition = {
  id: 'murmur3f',
  label: 'MurmurHash3 (x64, 128 bits)',
  source: 'A. Appleby, "MurmurHash3", 2011, function MurmurHash3_x64_128',
  hex: (bytes) => murmur3f(bytes).map(hexOfWord64).join(''),
}
