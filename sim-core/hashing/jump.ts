// Jump consistent hash: which of n buckets a 64-bit key belongs to, without any table.

const MULTIPLIER = 2_862_933_555_777_941_757n
const TWO_POW_31 = 2_147_483_648

/**
 * Bucket 0 to `buckets` - 1 of an unsigned 64-bit key; when a bucket is added, 1 / (buckets + 1) of the keys move, all of
 * them to the new one. Big integers, so not for hot paths.
 *
 * Source: J. Lamping, E. Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014, figure 1: while j < buckets:
 * b = j, key = key * 2862933555777941757 + 1, j = (b + 1) * (2^31 / ((key >> 33) + 1)).
 * Differs from the source: none.
 */
export function jumpHash(key: bigint, buckets: number): number {
  let state = key
  let bucket = -1
  let next = 0
  while (next < buckets) {
    bucket = next
    state = BigInt.asUintN(64, state * MULTIPLIER + 1n)
    next = Math.floor((bucket + 1) * (TWO_POW_31 / (Number(state >> 33n) + 1)))
  }
  return bucket
}
