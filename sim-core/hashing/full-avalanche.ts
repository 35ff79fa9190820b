// Jenkins's full avalanche of an integer, with which HAProxy spreads hashes and servers over its ring.

/** HAProxy's last factor: a prime close to three quarters of 2^32. */
const SPREAD = 3_221_225_473

/**
 * The avalanche of a 32-bit integer, unsigned.
 *
 * Source: B. Jenkins, "Integer Hash Function", 2007, "full avalanche" with six shifts; HAProxy 2.6, include/haproxy/hash.h
 * (full_hash), which multiplies the result by 3221225473.
 * Differs from the source: none.
 */
export function fullAvalanche(word: number): number {
  let a = word | 0
  a = (a + 0x7ed5_5d16 + (a << 12)) | 0
  a = a ^ 0xc761_c23c ^ (a >>> 19)
  a = (a + 0x1656_67b1 + (a << 5)) | 0
  a = (a + 0xd3a2_646c) ^ (a << 9)
  a = (a + 0xfd70_46c5 + (a << 3)) | 0
  a = a ^ 0xb55a_4f09 ^ (a >>> 16)
  return Math.imul(a, SPREAD) >>> 0
}
