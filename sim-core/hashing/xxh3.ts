// XXH3 with 64 bits of output, seed 0 and the default secret.

import { hexOfWord64, type DigestDefinition } from './digest.ts'
import { low64, rotateLeft64, viewOf } from './words.ts'
import { avalanche64 } from './xxh64.ts'

const PRIME32_1 = 0x9e37_79b1n
const PRIME32_2 = 0x85eb_ca77n
const PRIME32_3 = 0xc2b2_ae3dn
const PRIME64_1 = 0x9e37_79b1_85eb_ca87n
const PRIME64_2 = 0xc2b2_ae3d_27d4_eb4fn
const PRIME64_3 = 0x1656_67b1_9e37_79f9n
const PRIME64_4 = 0x85eb_ca77_c2b2_ae63n
const PRIME64_5 = 0x27d4_eb2f_1656_67c5n
const PRIME_MX1 = 0x1656_6791_9e37_79f9n
const PRIME_MX2 = 0x9fb2_1c65_1e98_df25n

/** The default secret: pseudo-random bytes fixed by the specification, as 24 little-endian words in order. */
const SECRET = secretOf([
  0xbe4b_a423_396c_feb8n,
  0x1cad_21f7_2c81_017cn,
  0xdb97_9083_e96d_d4den,
  0x1f67_b3b7_a4a4_4072n,
  0x78e5_c0cc_4ee6_79cbn,
  0x2172_ffcc_7dd0_5a82n,
  0x8e24_43f7_7446_08b8n,
  0x4c26_3a81_e690_35e0n,
  0xcb00_c391_bb52_283cn,
  0xa32e_531b_8b65_d088n,
  0x4ef9_0da2_9748_6471n,
  0xd8ac_dea9_46ef_1938n,
  0x3f34_9ce3_3f76_faa8n,
  0x1d4f_0bc7_c7bb_dcf9n,
  0x3159_b4cd_4be0_518an,
  0x6473_78d9_c97e_9fc8n,
  0xc3eb_d334_83ac_c5ean,
  0xeb63_13fa_ffa0_81c5n,
  0x49da_f0b7_51dd_0d17n,
  0x9e68_d429_2655_16d3n,
  0xfca1_477d_58be_162bn,
  0xce31_d07a_d1b8_f88fn,
  0x2804_1695_8f3a_cb45n,
  0x7e40_4bbb_cafb_d7afn,
])

/** Bytes of the default secret. */
const SECRET_BYTES = 192

/** Bytes of a stripe: eight lanes of eight. */
const STRIPE_BYTES = 64

/** Bytes by which the secret moves on per stripe, so that a block has (192 - 64) / 8 stripes. */
const SECRET_STEP_BYTES = 8
const BLOCK_STRIPES = (SECRET_BYTES - STRIPE_BYTES) / SECRET_STEP_BYTES
const BLOCK_BYTES = STRIPE_BYTES * BLOCK_STRIPES

/** Longest inputs of the small and of the two medium variants, in bytes. */
const SMALL_MAX = 16
const MEDIUM_MAX = 128
const LARGER_MEDIUM_MAX = 240

/**
 * XXH3 of the bytes with seed 0 and the default secret, 64 bits; big integers, so not for hot paths.
 *
 * Source: Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, sections "XXH3 Algorithm Description" for
 * small (0-16 bytes), medium (17-240) and large inputs.
 * Differs from the source: none.
 */
function xxh3(bytes: Uint8Array): bigint {
  const view = viewOf(bytes)
  const length = bytes.length
  if (length <= SMALL_MAX) return hashSmall(bytes, view)
  if (length <= MEDIUM_MAX) return hashMedium(view, length)
  if (length <= LARGER_MEDIUM_MAX) return hashLargerMedium(view, length)
  return hashLarge(view, length)
}

function secretOf(words: readonly bigint[]): DataView {
  const view = new DataView(new ArrayBuffer(8 * words.length))
  for (const [index, word] of words.entries()) view.setBigUint64(8 * index, word, true)
  return view
}

function secretWord(offset: number): bigint {
  return SECRET.getBigUint64(offset, true)
}

function hashSmall(bytes: Uint8Array, view: DataView): bigint {
  const length = bytes.length
  if (length > 8) return hash9To16(view, length)
  if (length >= 4) return hash4To8(view, length)
  if (length === 0) return avalanche64(secretWord(56) ^ secretWord(64))
  const combined = (bytes[length - 1]! | (length << 8) | (bytes[0]! << 16) | (bytes[length >>> 1]! << 24)) >>> 0
  const secret = (SECRET.getUint32(0, true) ^ SECRET.getUint32(4, true)) >>> 0
  return avalanche64(BigInt(secret) ^ BigInt(combined))
}

function hash4To8(view: DataView, length: number): bigint {
  const first = BigInt(view.getUint32(0, true))
  const last = BigInt(view.getUint32(length - 4, true))
  let value = secretWord(8) ^ secretWord(16) ^ (last | (first << 32n))
  value ^= rotateLeft64(value, 49n) ^ rotateLeft64(value, 24n)
  value = low64(value * PRIME_MX2)
  value ^= (value >> 35n) + BigInt(length)
  value = low64(value * PRIME_MX2)
  return value ^ (value >> 28n)
}

function hash9To16(view: DataView, length: number): bigint {
  const low = secretWord(24) ^ secretWord(32) ^ view.getBigUint64(0, true)
  const high = secretWord(40) ^ secretWord(48) ^ view.getBigUint64(length - 8, true)
  return avalanche(low64(BigInt(length) + swapBytes(low) + high + foldedProduct(low, high)))
}

function hashMedium(view: DataView, length: number): bigint {
  let sum = low64(BigInt(length) * PRIME64_1)
  for (let round = (length - 1) >>> 5; round >= 0; round--) {
    sum += mixStep(view, 16 * round, 32 * round)
    sum += mixStep(view, length - 16 * round - 16, 32 * round + 16)
  }
  return avalanche(low64(sum))
}

function hashLargerMedium(view: DataView, length: number): bigint {
  let sum = low64(BigInt(length) * PRIME64_1)
  for (let chunk = 0; chunk < 8; chunk++) sum += mixStep(view, 16 * chunk, 16 * chunk)
  sum = avalanche(low64(sum))
  const chunks = length >>> 4
  for (let chunk = 8; chunk < chunks; chunk++) sum += mixStep(view, 16 * chunk, 16 * (chunk - 8) + 3)
  return avalanche(low64(sum + mixStep(view, length - 16, 119)))
}

function hashLarge(view: DataView, length: number): bigint {
  const lanes = [PRIME32_3, PRIME64_1, PRIME64_2, PRIME64_3, PRIME64_4, PRIME32_2, PRIME64_5, PRIME32_1]
  const lastBlock = Math.floor((length - 1) / BLOCK_BYTES) * BLOCK_BYTES
  for (let block = 0; block < lastBlock; block += BLOCK_BYTES) {
    accumulateStripes(lanes, view, block, BLOCK_STRIPES)
    scramble(lanes)
  }
  accumulateStripes(lanes, view, lastBlock, Math.floor((length - lastBlock - 1) / STRIPE_BYTES))
  accumulate(lanes, view, length - STRIPE_BYTES, SECRET_BYTES - STRIPE_BYTES - 7)
  return merge(lanes, low64(BigInt(length) * PRIME64_1))
}

function accumulateStripes(lanes: bigint[], view: DataView, start: number, stripes: number): void {
  for (let stripe = 0; stripe < stripes; stripe++) {
    accumulate(lanes, view, start + STRIPE_BYTES * stripe, SECRET_STEP_BYTES * stripe)
  }
}

function accumulate(lanes: bigint[], view: DataView, position: number, secretOffset: number): void {
  for (let lane = 0; lane < 8; lane++) {
    const word = view.getBigUint64(position + 8 * lane, true)
    const value = word ^ secretWord(secretOffset + 8 * lane)
    lanes[lane ^ 1] = low64(lanes[lane ^ 1]! + word)
    lanes[lane] = low64(lanes[lane]! + BigInt.asUintN(32, value) * (value >> 32n))
  }
}

function scramble(lanes: bigint[]): void {
  for (const [lane, word] of lanes.entries()) {
    const mixed = word ^ (word >> 47n) ^ secretWord(SECRET_BYTES - STRIPE_BYTES + 8 * lane)
    lanes[lane] = low64(mixed * PRIME32_1)
  }
}

function merge(lanes: readonly bigint[], start: bigint): bigint {
  let sum = start
  for (let lane = 0; lane < 8; lane += 2) {
    sum += foldedProduct(lanes[lane]! ^ secretWord(11 + 8 * lane), lanes[lane + 1]! ^ secretWord(19 + 8 * lane))
  }
  return avalanche(low64(sum))
}

function mixStep(view: DataView, position: number, secretOffset: number): bigint {
  const first = view.getBigUint64(position, true) ^ secretWord(secretOffset)
  const second = view.getBigUint64(position + 8, true) ^ secretWord(secretOffset + 8)
  return foldedProduct(first, second)
}

/** The two halves of the 128-bit product, combined by exclusive or. */
function foldedProduct(a: bigint, b: bigint): bigint {
  const product = a * b
  return low64(product) ^ (product >> 64n)
}

function avalanche(word: bigint): bigint {
  const mixed = low64((word ^ (word >> 37n)) * PRIME_MX1)
  return mixed ^ (mixed >> 32n)
}

function swapBytes(word: bigint): bigint {
  let swapped = 0n
  for (let byte = 0n; byte < 64n; byte += 8n) swapped = (swapped << 8n) | ((word >> byte) & 0xffn)
  return swapped
}

/** XXH3, 64 bits. */
export const xxh3Digest: DigestDefinition = {
  id: 'xxh3',
  label: 'XXH3 (64 bits)',
  source:
    'Y. Collet, "xxHash fast digest algorithm", specification 0.2, 2020, section "XXH3 Algorithm Overview" and following',
  hex: (bytes) => hexOfWord64(xxh3(bytes)),
}
