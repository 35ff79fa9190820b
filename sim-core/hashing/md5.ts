// MD5, used by ketama rings and by digests of statements; not for anything that must be secret.

import { viewOf, rotateLeft32 } from './words.ts'
import type { DigestDefinition } from './digest.ts'

/** Bytes per block. */
const BLOCK_BYTES = 64

/** Bytes at the end of the padding that hold the length. */
const LENGTH_BYTES = 8

/** T[i] = floor(2^32 * abs(sin(i + 1))), written out because sines are not the same on every engine. */
const T = new Int32Array([
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8,
  0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340,
  0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87,
  0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c,
  0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039,
  0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92,
  0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
  0xeb86d391,
])

/** Rotations of the four steps that repeat in each round. */
const ROTATIONS = new Uint8Array([7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21])

/**
 * The sixteen bytes of the MD5 digest.
 *
 * Source: R. Rivest, "The MD5 Message-Digest Algorithm", RFC 1321, 1992, section 3: in each step
 * a = b + ((a + F(b, c, d) + X[k] + T[i]) <<< s), with F, G, H, I in the four rounds of sixteen steps.
 * Differs from the source: none.
 */
export function md5(bytes: Uint8Array): Uint8Array {
  const paddedLength = Math.ceil((bytes.length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES
  const padded = new Uint8Array(paddedLength)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = viewOf(padded)
  view.setBigUint64(paddedLength - LENGTH_BYTES, BigInt(bytes.length) * 8n, true)
  const state = new Int32Array([0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476])
  for (let block = 0; block < paddedLength; block += BLOCK_BYTES) addBlock(state, view, block)
  const digest = new Uint8Array(16)
  const digestView = viewOf(digest)
  for (const [index, word] of state.entries()) digestView.setInt32(4 * index, word, true)
  return digest
}

function addBlock(state: Int32Array, view: DataView, block: number): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  for (let step = 0; step < 64; step++) {
    const word = view.getInt32(block + 4 * wordIndex(step), true)
    const rotation = ROTATIONS[4 * (step >>> 4) + (step & 3)]!
    const sum = (a + mix(step >>> 4, b, c, d) + word + T[step]!) | 0
    a = d
    d = c
    c = b
    b = (b + rotateLeft32(sum, rotation)) | 0
  }
  state[0] = state[0]! + a
  state[1] = state[1]! + b
  state[2] = state[2]! + c
  state[3] = state[3]! + d
}

/** Which word of the block a step takes. */
function wordIndex(step: number): number {
  switch (step >>> 4) {
    case 0:
      return step
    case 1:
      return (5 * step + 1) & 15
    case 2:
      return (3 * step + 5) & 15
    default:
      return (7 * step) & 15
  }
}

/** F, G, H and I. */
function mix(round: number, x: number, y: number, z: number): number {
  switch (round) {
    case 0:
      return (x & y) | (~x & z)
    case 1:
      return (x & z) | (y & ~z)
    case 2:
      return x ^ y ^ z
    default:
      return y ^ (x | ~z)
  }
}

/** MD5. */
export const md5Digest: DigestDefinition = {
  id: 'md5',
  label: 'MD5',
  source: 'R. Rivest, "The MD5 Message-Digest Algorithm", RFC 1321, 1992, section 3',
  hex: (bytes) => Array.from(md5(bytes), (byte) => byte.toString(16).padStart(2, '0')).join(''),
}
