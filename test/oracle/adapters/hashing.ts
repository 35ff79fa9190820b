// Runs recorded digests, Redis slots and key movements against the hash functions that simulations use.

import { crc32 } from '../../../sim-core/hashing/crc32.ts'
import { redisSlot } from '../../../sim-core/hashing/crc16.ts'
import { fnv1a32 } from '../../../sim-core/hashing/fnv1a.ts'
import { jumpHash } from '../../../sim-core/hashing/jump.ts'
import {
  md5Word,
  memcachedKetamaRing,
  memcachedWeightedKetamaRing,
  type MemcachedServer,
} from '../../../sim-core/hashing/libmemcached-ketama.ts'
import { kafkaPartition } from '../../../sim-core/hashing/murmur2.ts'
import { nginxKetamaRing } from '../../../sim-core/hashing/nginx-ketama.ts'
import { oneAtATime } from '../../../sim-core/hashing/one-at-a-time.ts'
import { digests } from '../../../sim-core/hashing/registry.ts'
import { rendezvousWinner } from '../../../sim-core/hashing/rendezvous.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'
import { xxh64 } from '../../../sim-core/hashing/xxh64.ts'
import {
  absolutely,
  allOf,
  exactly,
  failure,
  type OracleAdapter,
  type OracleAdapters,
  type OracleCase,
} from '../oracle-case.ts'
import { isRecord, numberOf, recordOf, textOf } from './case-fields.ts'

/** How far the moved fraction may be from theory (stated in the vectors: more on rings and for few keys), and rounding of recorded ratios. */
const THEORY_TOLERANCE_OF_COUNTS = 0.01
const THEORY_TOLERANCE: Readonly<Record<string, number>> = {
  nginx_ketama160: 0.06,
  libmemcached_ketama_weighted: 0.06,
  hrw_fnv1a32: 0.06,
}
const ROUNDING = 1e-9

const digest: OracleAdapter = (testCase) => {
  const bytes = encodeUtf8(textOf(testCase, 'key'))
  const expected = recordOf(testCase, 'expected')
  const check = crc32(bytes)
  const shards = Object.keys(recordOf(expected, 'mod'))
  const hexById = Object.fromEntries(digests.map((definition) => [definition.id, definition.hex(bytes)]))
  const mod = Object.fromEntries(shards.map((count) => [count, check % Number(count)]))
  return exactly(expected, { ...hexById, crc32: check, hex: hexById['crc32'], mod })
}

const redisClusterSlot: OracleAdapter = (testCase) =>
  exactly(testCase['expected'], { slot: redisSlot(encodeUtf8(textOf(testCase, 'key'))) })

/** Buckets of one key for several numbers of them. */
function byCount(expected: unknown, bucketOf: (count: number) => number): Record<string, number> {
  if (!isRecord(expected)) throw new TypeError('expected counts by number')
  return Object.fromEntries(Object.keys(expected).map((count) => [count, bucketOf(Number(count))]))
}

const jump: OracleAdapter = (testCase) => {
  const key = BigInt(textOf(testCase, 'key'))
  const expected = recordOf(testCase, 'expected')
  return exactly(expected, { buckets: byCount(expected['buckets'], (count) => jumpHash(key, count)) })
}

const kafka: OracleAdapter = (testCase) => {
  const key = encodeUtf8(textOf(testCase, 'key'))
  const expected = recordOf(testCase, 'expected')
  return exactly(expected, { partition: byCount(expected['partition'], (count) => kafkaPartition(key, count)) })
}

/** Which server libmemcached asks for a key, by its mode of distribution. */
const memcachedModes: Readonly<Record<string, (servers: readonly MemcachedServer[]) => (key: Uint8Array) => number>> = {
  ketama: (servers) => {
    const ring = memcachedKetamaRing(servers)
    return (key) => ring.ownerOf(oneAtATime(key))
  },
  ketama_weighted: (servers) => {
    const ring = memcachedWeightedKetamaRing(servers)
    return (key) => ring.ownerOf(md5Word(key))
  },
  modula: (servers) => (key) => oneAtATime(key) % servers.length,
  modula_crc: (servers) => (key) => ((crc32(key) >>> 16) & 0x7fff) % servers.length,
  modula_md5: (servers) => (key) => md5Word(key) % servers.length,
  modula_fnv1a32: (servers) => (key) => fnv1a32(key) % servers.length,
}

const memcachedChoice: OracleAdapter = (testCase) => {
  const mode = textOf(testCase, 'mode')
  const servers = testCase['servers'] as readonly MemcachedServer[]
  const choose = memcachedModes[mode]?.(servers)
  if (choose === undefined) return failure('a mode on offer', `${mode} is not offered`)
  const expected = recordOf(testCase, 'expected')
  const pairs = expected['choices'] as readonly (readonly [string, number])[]
  return exactly(expected, { choices: pairs.map(([key]) => [key, choose(encodeUtf8(key))]) })
}

/** Servers as the notes of the cases number them. */
function addresses(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `10.0.0.${i + 1}:3306`)
}

/** Which of `shards` shards a key belongs to, by the algorithm of the case. */
const shardOf: Readonly<Record<string, (shards: number) => (key: Uint8Array) => number>> = {
  crc32_modulo: (shards) => (key) => crc32(key) % shards,
  jump_xxh64: (shards) => (key) => jumpHash(xxh64(key), shards),
  nginx_ketama160: (shards) => {
    const ring = nginxKetamaRing(addresses(shards).map((address, member) => ({ member, address, weight: 1 })))
    return (key) => ring.ownerOf(crc32(key))
  },
  libmemcached_ketama_weighted: (shards) => {
    const servers = Array.from({ length: shards }, (_, i) => ({ host: `10.0.1.${i + 1}`, port: 11_211, weight: 1 }))
    const ring = memcachedWeightedKetamaRing(servers)
    return (key) => ring.ownerOf(md5Word(key))
  },
  hrw_fnv1a32: (shards) => {
    const names = addresses(shards).map(encodeUtf8)
    const members = Int32Array.from(names.keys())
    return (key) => rendezvousWinner(key, 0, names, members, shards)
  },
}

/** Moves keyCount keys from n to n + 1 shards and compares the counts. */
const keysMoved: OracleAdapter = (testCase) => {
  const algorithm = textOf(testCase, 'algorithm')
  const shard = shardOf[algorithm]
  if (shard === undefined) return failure('a sharding algorithm on offer', `${algorithm} is not offered`)
  const counts = countMoves(testCase, shard)
  const { fraction, maxOverMeanBefore, ...whole } = counts
  const expected = recordOf(testCase, 'expected')
  const { moved, movedToNewShard, countsBefore } = expected
  const skew = 'maxOverMeanBefore' in expected ? [numberOf(expected, 'maxOverMeanBefore')] : []
  return allOf([
    exactly({ moved, movedToNewShard, countsBefore }, whole),
    absolutely([numberOf(expected, 'fraction'), ...skew], [fraction, ...skew.map(() => maxOverMeanBefore)], ROUNDING),
    absolutely(
      numberOf(expected, 'theoryFraction'),
      fraction,
      THEORY_TOLERANCE[algorithm] ?? THEORY_TOLERANCE_OF_COUNTS,
    ),
  ])
}

interface Moves {
  readonly moved: number
  readonly movedToNewShard: number
  readonly countsBefore: readonly number[]
  readonly fraction: number
  readonly maxOverMeanBefore: number
}

function countMoves(testCase: OracleCase, shard: (shards: number) => (key: Uint8Array) => number): Moves {
  const keyCount = numberOf(testCase, 'keyCount')
  const fromShards = numberOf(testCase, 'fromShards')
  const toShards = numberOf(testCase, 'toShards')
  const pattern = textOf(testCase, 'keyPattern')
  const shardBefore = shard(fromShards)
  const shardAfter = shard(toShards)
  const countsBefore = new Array<number>(fromShards).fill(0)
  let moved = 0
  let movedToNewShard = 0
  for (let id = 0; id < keyCount; id++) {
    const key = encodeUtf8(pattern.replace('<i>', String(id)))
    const from = shardBefore(key)
    const to = shardAfter(key)
    countsBefore[from] = (countsBefore[from] ?? 0) + 1
    if (from !== to) moved += 1
    if (from !== to && to >= fromShards) movedToNewShard += 1
  }
  const maxOverMeanBefore = (Math.max(...countsBefore) * fromShards) / keyCount
  return { moved, movedToNewShard, countsBefore, fraction: moved / keyCount, maxOverMeanBefore }
}

/** Adapters of the hash family, by the `kind` of a case. */
export const hashAdapters: OracleAdapters = {
  digest,
  redis_cluster_slot: redisClusterSlot,
  jump_consistent_hash: jump,
  kafka_default_partitioner: kafka,
  libmemcached_server_choice: memcachedChoice,
  keys_moved: keysMoved,
}
