// The finaliser of MurmurHash3, which mixes a word so that nearby ones are far apart afterwards.

/**
 * A bijection of 32-bit words in which every bit depends on all; signed. It maps 0 to 0. The hottest loops have copies of
 * their own: a function of another module takes samples of keys twice the time.
 *
 * Source: A. Appleby, "MurmurHash3", 2011, function fmix32 (public domain). Differs from the source: none.
 */
export function fmix32(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2_ae35)
  return second ^ (second >>> 16)
}
