// Replays what was recorded of real Redis and memcached servers: hit ratios under load, and scripts of expiries.

import { evictionPolicies } from '../../../sim-core/components/cache/eviction/registry.ts'
import type { EvictionDefinition } from '../../../sim-core/components/cache/eviction/eviction.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { absolutely, exactly, failure, type OracleAdapter, type OracleAdapters } from '../oracle-case.ts'
import { isRecord, numberOf, recordOf, textOf } from './case-fields.ts'
import { RedisScript } from './redis-script.ts'

const SECOND_NS = 1_000_000_000

/** Absolute hit-ratio tolerances that the file states. */
const TOLERANCES = { redis: 0.008, lfu: 0.015, segmented: 0.02, flat: 0.008 } as const

const TWO_POW_MINUS_53 = 2 ** -53

/** The recorded client's generator: SplitMix64, of which a unit is the 53 high bits. */
class SplitMix64 {
  #state: bigint

  constructor(seed: number) {
    this.#state = BigInt(seed)
  }

  nextUnit(): number {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e37_79b9_7f4a_7c15n)
    let word = this.#state
    word = BigInt.asUintN(64, (word ^ (word >> 30n)) * 0xbf58_476d_1ce4_e5b9n)
    word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d0_49bb_1331_11ebn)
    word ^= word >> 31n
    return Number(word >> 11n) * TWO_POW_MINUS_53
  }
}

/** Cumulated Zipf popularity of the ranks, the last being 1. */
function zipfCumulative(keys: number, alpha: number): Float64Array {
  const cumulative = new Float64Array(keys)
  let total = 0
  for (let rank = 0; rank < keys; rank++) cumulative[rank] = total += (rank + 1) ** -alpha
  for (let rank = 0; rank < keys; rank++) cumulative[rank] = cumulative[rank]! / total
  cumulative[keys - 1] = 1
  return cumulative
}

function lowerBound(ascending: Float64Array, value: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ascending[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

interface Server {
  readonly definition: EvictionDefinition | undefined
  readonly tolerance: number
}

/** The policy that a server was configured with, by the names that the server uses. */
function serverOf(config: Readonly<Record<string, unknown>>): Server {
  const policyOf = (id: string) => evictionPolicies.find((each) => each.id === id)
  if (textOf(config, 'server').startsWith('redis')) {
    const policy = textOf(config, 'policy')
    const tolerance = policy.endsWith('lfu') ? TOLERANCES.lfu : TOLERANCES.redis
    return { definition: policyOf(`redis_${policy.replaceAll('-', '_')}`), tolerance }
  }
  return textOf(config, 'lru').startsWith('flat')
    ? { definition: policyOf('memcached_flat'), tolerance: TOLERANCES.flat }
    : { definition: policyOf('memcached_segmented'), tolerance: TOLERANCES.segmented }
}

/** What the policies of Redis are set to in a case. */
function settingsOf(config: Readonly<Record<string, unknown>>) {
  const lfu = config['lfu']
  return {
    ...('maxmemorySamples' in config ? { maxmemorySamples: numberOf(config, 'maxmemorySamples') } : {}),
    ...(isRecord(lfu)
      ? { lfuLogFactor: numberOf(lfu, 'logFactor'), lfuDecayMinutes: numberOf(lfu, 'decayMinutes') }
      : {}),
  }
}

/** GET, and on a miss SET, at a constant rate: the share of hits after the warm-up. */
const hitRatio: OracleAdapter = (testCase) => {
  const config = recordOf(testCase, 'config')
  const workload = recordOf(testCase, 'workload')
  const expected = recordOf(testCase, 'expected')
  const { definition, tolerance } = serverOf(config)
  if (definition === undefined) return failure('a policy that is offered', JSON.stringify(config))
  const keys = numberOf(workload, 'keys')
  const streams = new RandomStreams(numberOf(workload, 'seed'), 0)
  const store = definition.create({
    capacity: { entries: numberOf(expected, 'residentKeys') },
    universe: keys,
    stream: streams.stream('oracle/eviction'),
    ...settingsOf(config),
  })
  const ttl = config['ttlSeconds']
  const [ttlMin, ttlMax] = Array.isArray(ttl) ? (ttl as [number, number]) : [Infinity, Infinity]
  const lives = streams.stream('oracle/lives')
  const cumulative = zipfCumulative(keys, numberOf(workload, 'alpha'))
  const random = new SplitMix64(numberOf(workload, 'seed'))
  const rate = numberOf(workload, 'requestsPerSecond')
  const warmup = numberOf(workload, 'warmupSeconds') * rate
  const measured = numberOf(workload, 'measuredSeconds') * rate
  let hits = 0
  for (let request = 0; request < warmup + measured; request++) {
    const nowNs = Math.floor((request * SECOND_NS) / rate)
    const key = lowerBound(cumulative, random.nextUnit())
    const entry = store.find(key)
    if (entry >= 0 && store.expiresAtNs(entry) > nowNs) {
      store.touch(entry, nowNs)
      if (request >= warmup) hits += 1
    } else {
      const lifeS = ttlMin === Infinity ? Infinity : ttlMin + lives.nextUnit() * (ttlMax - ttlMin)
      store.insert(key, 1, nowNs + lifeS * SECOND_NS, nowNs)
    }
  }
  return absolutely(numberOf(expected, 'hitRatio'), hits / measured, tolerance)
}

/** Commands with the replies of a real server, and waiting between them. */
const ttlScript: OracleAdapter = (testCase) => {
  const script = new RedisScript()
  const steps = testCase['steps']
  if (!Array.isArray(steps)) throw new TypeError('field steps is no list')
  const replies: { readonly expected: unknown; readonly got: unknown }[] = []
  for (const step of steps) {
    if (!isRecord(step)) throw new TypeError('a step is no object')
    if ('advanceMs' in step) script.advance(numberOf(step, 'advanceMs'))
    else replies.push({ expected: step['reply'], got: script.run((step['cmd'] as unknown[]).map(String)) })
  }
  return exactly(
    replies.map(({ expected }) => expected),
    replies.map(({ got }) => got),
  )
}

/** Adapters of the recordings of real caches, by the `kind` of a case. */
export const cacheServerAdapters: OracleAdapters = { real_cache_hit_ratio: hitRatio, redis_ttl_script: ttlScript }
