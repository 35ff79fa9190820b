// Runs recorded digests, Redis slots and key movements against the hash functions that simulations use.

import { crc32 } from '../../../sim-core/hashing/crc32.ts'
import { redisSlot } from '../../../sim-core/hashing/crc16.ts'
import { digests } from '../../../sim-core/hashing/registry.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'
import {
  absolutely,
  allOf,
  exactly,
  failure,
  type OracleAdapter,
  type OracleAdapters,
  type OracleCase,
} from '../oracle-case.ts'
import { numberOf, recordOf, textOf } from './case-fields.ts'

/** How far the moved fraction may be from theory (stated in the vectors), and rounding of recorded ratios. */
const THEORY_TOLERANCE = 0.01
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

/** Which of `shards` shards a key belongs to, by the algorithm of the case. */
const shardOf: Readonly<Record<string, (key: string, shards: number) => number>> = {
  crc32_modulo: (key, shards) => crc32(encodeUtf8(key)) % shards,
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
  return allOf([
    exactly({ moved, movedToNewShard, countsBefore }, whole),
    absolutely(
      [numberOf(expected, 'fraction'), numberOf(expected, 'maxOverMeanBefore')],
      [fraction, maxOverMeanBefore],
      ROUNDING,
    ),
    absolutely(numberOf(expected, 'theoryFraction'), fraction, THEORY_TOLERANCE),
  ])
}

interface Moves {
  readonly moved: number
  readonly movedToNewShard: number
  readonly countsBefore: readonly number[]
  readonly fraction: number
  readonly maxOverMeanBefore: number
}

function countMoves(testCase: OracleCase, shard: (key: string, shards: number) => number): Moves {
  const keyCount = numberOf(testCase, 'keyCount')
  const fromShards = numberOf(testCase, 'fromShards')
  const toShards = numberOf(testCase, 'toShards')
  const pattern = textOf(testCase, 'keyPattern')
  const countsBefore = new Array<number>(fromShards).fill(0)
  let moved = 0
  let movedToNewShard = 0
  for (let id = 0; id < keyCount; id++) {
    const key = pattern.replace('<i>', String(id))
    const from = shard(key, fromShards)
    const to = shard(key, toShards)
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
  keys_moved: keysMoved,
}
