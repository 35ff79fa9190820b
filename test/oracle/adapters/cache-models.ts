// Hit ratios under independent requests, had by running the stores: against approximations and exact results.

import type { EvictionDefinition, EvictionStore } from '../../../sim-core/components/cache/eviction/eviction.ts'
import { fifo } from '../../../sim-core/components/cache/eviction/fifo.ts'
import { lru } from '../../../sim-core/components/cache/eviction/lru.ts'
import { random } from '../../../sim-core/components/cache/eviction/random.ts'
import { redisNoeviction } from '../../../sim-core/components/cache/eviction/redis-noeviction.ts'
import { createZipf } from '../../../sim-core/distributions/zipf.ts'
import { log, pow } from '../../../sim-core/kernel/deterministic-math.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { absolutely, allOf, type OracleAdapter, type OracleAdapters, relatively } from '../oracle-case.ts'
import { numberOf, recordOf } from './case-fields.ts'

const SECOND_NS = 1_000_000_000

/** Absolute tolerances of hit ratios that the file states; the second is relative. */
const CHE_TOLERANCE = 0.005
const TTL_TOLERANCE = 0.003
const TWO_LEVEL_TOLERANCE = 0.03

/** Requests before and during the measurement, in quick and in full runs. */
const REQUESTS = { quick: 1_000_000, full: 4_000_000 } as const
const WARM_UP_SHARE = 0.25

/** Requests through stores whose entries expire: the rate of misses has a narrow tolerance. */
const EXPIRING_REQUESTS = { quick: 6_000_000, full: 16_000_000 } as const

/** Lives of entries that pass before a measurement of a store that begins empty. */
const WARM_UP_LIVES = 3

/** Standard errors by which the hit ratio of a single rank, of which there are fewer requests, may be off. */
const RANK_DEVIATIONS = 4

/** Keys looked at, in all, when resident keys are counted: the fewer there are, the more often they are counted. */
const KEYS_COUNTED = 8_000_000

const streams = (): RandomStreams => new RandomStreams(20_020_607, 0)

function createStore(definition: EvictionDefinition, capacity: number, keys: number): EvictionStore {
  return definition.create({ capacity: { entries: capacity }, universe: keys, stream: streams().stream('eviction') })
}

/** Asks for a key and brings it in on a miss. */
function access(store: EvictionStore, key: number, nowNs = 0): boolean {
  const entry = store.find(key)
  if (entry < 0) {
    store.insert(key, 1, Infinity, nowNs)
    return false
  }
  store.touch(entry, nowNs)
  return true
}

interface Hits {
  readonly hitRatio: number
  readonly requestsOf: Float64Array
  readonly hitsOf: Float64Array
}

/** Zipf requests through a store; ranks count from 0. */
function independentRequests(store: EvictionStore, keys: number, alpha: number, requests: number): Hits {
  const ranks = createZipf(keys, alpha, streams().stream('ranks'))
  const requestsOf = new Float64Array(keys)
  const hitsOf = new Float64Array(keys)
  let hits = 0
  for (let request = -requests * WARM_UP_SHARE; request < requests; request++) {
    const rank = ranks.next()
    const isHit = access(store, rank)
    if (request < 0) continue
    requestsOf[rank] = requestsOf[rank]! + 1
    if (!isHit) continue
    hits += 1
    hitsOf[rank] = hitsOf[rank]! + 1
  }
  return { hitRatio: hits / requests, requestsOf, hitsOf }
}

const che: OracleAdapter = (testCase, _file, { effort }) => {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const [keys, alpha, capacity] = [numberOf(params, 'keys'), numberOf(params, 'alpha'), numberOf(params, 'capacity')]
  const judge = (definition: EvictionDefinition, model: Readonly<Record<string, unknown>>) => {
    const store = createStore(definition, capacity, keys)
    const { hitRatio, requestsOf, hitsOf } = independentRequests(store, keys, alpha, REQUESTS[effort])
    const ranks = Object.entries(recordOf(model, 'perRank')).map(([rank, value]) => {
      const requests = requestsOf[Number(rank) - 1]!
      const deviation = Math.sqrt(0.25 / requests)
      return absolutely(value, hitsOf[Number(rank) - 1]! / requests, CHE_TOLERANCE + RANK_DEVIATIONS * deviation)
    })
    return allOf([absolutely(model['hitRatio'], hitRatio, CHE_TOLERANCE), ...ranks])
  }
  // The best possible static content: the most popular keys, which nothing displaces.
  const pinned = createStore(redisNoeviction, capacity, keys)
  for (let key = 0; key < capacity; key++) pinned.insert(key, 1, Infinity, 0)
  const best = independentRequests(pinned, keys, alpha, REQUESTS[effort])
  return allOf([
    judge(lru, recordOf(expected, 'lru')),
    judge(fifo, recordOf(expected, 'fifoOrRandom')),
    judge(random, recordOf(expected, 'fifoOrRandom')),
    absolutely(recordOf(expected, 'perfectLfu')['hitRatio'], best.hitRatio, CHE_TOLERANCE),
  ])
}

interface TtlWorkload {
  readonly keys: number
  readonly alpha: number
  readonly ratePerS: number
  readonly ttlS: number
  readonly requests: number
  /** Every access gives an entry its whole life again. */
  readonly isSliding: boolean
}

function countAlive(store: EvictionStore, keys: number, nowNs: number): number {
  let alive = 0
  for (let key = 0; key < keys; key++) {
    const entry = store.find(key)
    if (entry >= 0 && store.expiresAtNs(entry) > nowNs) alive += 1
  }
  return alive
}

/**
 * Fills a store as it is found at any instant when entries live for a fixed time after a miss. Left to a warm-up, popular
 * keys would all expire at the same instants for ever, and the end of the measurement would fall anywhere in their common period.
 */
function fillInEquilibrium(store: EvictionStore, { keys, alpha, ratePerS, ttlS }: TtlWorkload): void {
  const phases = streams().stream('phases')
  let weights = 0
  for (let key = 0; key < keys; key++) weights += 1 / pow(key + 1, alpha)
  for (let key = 0; key < keys; key++) {
    const meanMissingS = weights / (ratePerS * pow(1 / (key + 1), alpha))
    const isAlive = phases.nextUnit() < ttlS / (ttlS + meanMissingS)
    const restNs = phases.nextUnit() * ttlS * SECOND_NS
    if (isAlive) store.insert(key, 1, restNs, 0)
  }
}

/** Poisson requests through a store with room for every key, whose entries expire. */
function expiringRequests(workload: TtlWorkload) {
  const { keys, alpha, ratePerS, ttlS, requests, isSliding } = workload
  const store = createStore(lru, keys, keys)
  if (!isSliding) fillInEquilibrium(store, workload)
  const ranks = createZipf(keys, alpha, streams().stream('ranks'))
  const arrivals = streams().stream('arrivals')
  const ttlNs = ttlS * SECOND_NS
  const warmUpNs = isSliding ? WARM_UP_LIVES * ttlNs : 0
  const countEvery = Math.max(1, Math.floor((requests * keys) / KEYS_COUNTED))
  let nowNs = 0
  let [asked, hits, alive, counted] = [0, 0, 0, 0]
  while (asked < requests) {
    nowNs += (-log(arrivals.nextOpenUnit()) / ratePerS) * SECOND_NS
    const isMeasured = nowNs >= warmUpNs
    // What an arrival finds is what is there at any instant; what it leaves behind is a key more at every miss.
    if (isMeasured && asked % countEvery === 0) {
      alive += countAlive(store, keys, nowNs)
      counted += 1
    }
    const key = ranks.next()
    const entry = store.find(key)
    const isHit = entry >= 0 && store.expiresAtNs(entry) > nowNs
    if (!isHit) store.insert(key, 1, nowNs + ttlNs, nowNs)
    else if (isSliding) store.setExpiry(entry, nowNs + ttlNs)
    if (!isMeasured) continue
    asked += 1
    if (isHit) hits += 1
  }
  const missRate = ((asked - hits) / (nowNs - warmUpNs)) * SECOND_NS
  return { hitRatio: hits / asked, meanResidentKeys: alive / counted, missRate }
}

const ttl: OracleAdapter = (testCase, _file, { effort }) => {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const workload = {
    keys: numberOf(params, 'keys'),
    alpha: numberOf(params, 'alpha'),
    ratePerS: numberOf(params, 'totalRate'),
    ttlS: numberOf(params, 'ttl'),
    requests: EXPIRING_REQUESTS[effort],
  }
  const fixed = expiringRequests({ ...workload, isSliding: false })
  const sliding = expiringRequests({ ...workload, isSliding: true })
  return allOf([
    relatively(expected['fixedTtlSetOnMiss'], fixed, TTL_TOLERANCE),
    relatively(expected['slidingTtlRefreshedOnAccess'], sliding, TTL_TOLERANCE),
  ])
}

/** Every request goes to one of the instances; a miss there asks the shared store; both are filled on the way back. */
const twoLevel: OracleAdapter = (testCase, _file, { effort }) => {
  const params = recordOf(testCase, 'params')
  const keys = numberOf(params, 'keys')
  const instances = numberOf(params, 'instances')
  const locals = Array.from({ length: instances }, () => createStore(lru, numberOf(params, 'localCapacity'), keys))
  const shared = createStore(lru, numberOf(params, 'sharedCapacity'), keys)
  const ranks = createZipf(keys, numberOf(params, 'alpha'), streams().stream('ranks'))
  const choices = streams().stream('instances')
  const requests = REQUESTS[effort]
  let [localHits, sharedHits] = [0, 0]
  for (let request = -requests * WARM_UP_SHARE; request < requests; request++) {
    const key = ranks.next()
    const isLocalHit = access(locals[choices.nextBelow(instances)]!, key)
    const isSharedHit = !isLocalHit && access(shared, key)
    if (request < 0) continue
    if (isLocalHit) localHits += 1
    else if (isSharedHit) sharedHits += 1
  }
  const got = {
    localHitRatio: localHits / requests,
    sharedHitRatioGivenLocalMiss: sharedHits / (requests - localHits),
    overallHitRatio: (localHits + sharedHits) / requests,
  }
  return absolutely(testCase['expected'], got, TWO_LEVEL_TOLERANCE)
}

/** Adapters of the models of caches, by the `kind` of a case. */
export const cacheModelAdapters: OracleAdapters = {
  che_approximation: che,
  ttl_cache_hit_ratio: ttl,
  two_level_private_plus_shared: twoLevel,
}
