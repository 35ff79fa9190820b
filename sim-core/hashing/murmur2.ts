// MurmurHash2 as Kafka's clients use it to choose the partition of a key.

import { viewOf } from './words.ts'

const M = 0x5bd1_e995
const KAFKA_SEED = 0x9747_b28c

/**
 * MurmurHash2 of the bytes with Kafka's seed, signed 32 bits.
 *
 * Source: A. Appleby, "MurmurHash2", 2008, function MurmurHash2; Apache Kafka 3.6, clients, Utils.murmur2: h = seed ^
 * length; per block of four bytes k *= m, k ^= k >> 24, k *= m, h *= m, h ^= k; the tail h ^= bytes, h *= m; then
 * h ^= h >> 13, h *= m, h ^= h >> 15.
 * Differs from the source: none.
 */
export function murmur2(bytes: Uint8Array): number {
  const view = viewOf(bytes)
  const tail = bytes.length & ~3
  let hash = KAFKA_SEED ^ bytes.length
  for (let position = 0; position < tail; position += 4) {
    const word = Math.imul(view.getInt32(position, true), M)
    hash = Math.imul(hash, M) ^ Math.imul(word ^ (word >>> 24), M)
  }
  if (tail < bytes.length) {
    let rest = 0
    for (let position = bytes.length - 1; position >= tail; position--) rest = (rest << 8) | bytes[position]!
    hash = Math.imul(hash ^ rest, M)
  }
  hash = Math.imul(hash ^ (hash >>> 13), M)
  return hash ^ (hash >>> 15)
}

/**
 * The partition of a key.
 *
 * Source: Apache Kafka 3.6, clients, BuiltInPartitioner.partitionForKey: toPositive(murmur2(key)) % partitions, where
 * toPositive clears the sign bit.
 * Differs from the source: none.
 */
export function kafkaPartition(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fff_ffff) % partitions
}
