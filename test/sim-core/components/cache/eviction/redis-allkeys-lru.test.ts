// Redis's sampled LRU: the pool, the coarse clock, and the hit ratios measured on a real server.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { EvictionStore } from '../../../../../sim-core/components/cache/eviction/eviction.ts'
import { redisAllkeysLru } from '../../../../../sim-core/components/cache/eviction/redis-allkeys-lru.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const SECOND_NS = 1e9

function createStore(entries: number, universe: number, maxmemorySamples?: number): EvictionStore {
  const stream = new RandomStreams(3, 0).stream('test/eviction')
  const samples = maxmemorySamples === undefined ? {} : { maxmemorySamples }
  return redisAllkeysLru.create({ capacity: { entries }, universe, stream, ...samples })
}

describe('redis_allkeys_lru', () => {
  it('is exact LRU when everything is sampled and accesses are seconds apart', () => {
    const store = createStore(5, 100)
    for (let key = 0; key < 5; key++) store.insert(key, 1, Infinity, key * SECOND_NS)
    store.touch(store.find(0), 5 * SECOND_NS)
    store.insert(50, 1, Infinity, 6 * SECOND_NS)
    expect(store.find(1)).toBe(-1)
    store.insert(51, 1, Infinity, 7 * SECOND_NS)
    expect(store.find(2)).toBe(-1)
    expect(store.find(0)).toBeGreaterThanOrEqual(0)
  })

  it('cannot tell accesses within one second apart', () => {
    const store = createStore(2, 100)
    store.insert(0, 1, Infinity, 0)
    store.insert(1, 1, Infinity, 0)
    store.touch(store.find(0), SECOND_NS - 1)
    store.touch(store.find(1), 0)
    store.insert(2, 1, Infinity, SECOND_NS)
    // Equal idle times: the first one offered stays rightmost in the pool and goes, although it was used last.
    expect(store.find(0)).toBe(-1)
  })

  it('takes a clock that wrapped for one turn of 24 bits', () => {
    const wrapNs = 2 ** 24 * SECOND_NS
    const store = createStore(2, 100)
    store.insert(0, 1, Infinity, wrapNs - 10 * SECOND_NS)
    store.insert(1, 1, Infinity, wrapNs + SECOND_NS)
    store.insert(2, 1, Infinity, wrapNs + 2 * SECOND_NS)
    expect(store.find(0)).toBe(-1)
  })

  it('skips pool members whose keys are gone, and evicts one that came back with its old idle time', () => {
    const store = createStore(3, 100)
    for (let key = 0; key < 3; key++) store.insert(key, 1, Infinity, key * SECOND_NS)
    store.insert(3, 1, Infinity, 10 * SECOND_NS)
    expect(store.find(0)).toBe(-1)
    // The pool now remembers keys 2 and 1 as idle for 8 and 9 seconds. Key 1 leaves and comes back.
    store.remove(store.find(1))
    store.insert(1, 1, Infinity, 20 * SECOND_NS)
    store.insert(4, 1, Infinity, 20 * SECOND_NS)
    expect(store.find(2)).toBe(-1)
    store.insert(5, 1, Infinity, 20 * SECOND_NS)
    expect(store.find(3)).toBe(-1)
    // Keys 2 and 3 still head the pool but are gone; key 1 follows with its old 9 seconds, although it was used last.
    store.touch(store.find(1), 21 * SECOND_NS)
    store.insert(6, 1, Infinity, 21 * SECOND_NS)
    expect(store.find(1)).toBe(-1)
  })

  it.each(['s.redis.lru5', 's.redis.lru10'])('reproduces the hit ratio of a real server within its band (%s)', (id) => {
    const measured = measuredCase(id)
    const store = createStore(measured.residentKeys, measured.keys, measured.samples)
    expect(Math.abs(hitRatio(store, measured) - measured.hitRatio)).toBeLessThanOrEqual(REAL_SERVER_BAND)
  })
})

/** Absolute hit-ratio tolerance that the recordings state for the LRU policies. */
const REAL_SERVER_BAND = 0.008

interface Measured {
  readonly keys: number
  readonly alpha: number
  readonly seed: number
  readonly ratePerS: number
  readonly warmupS: number
  readonly measuredS: number
  readonly samples: number
  readonly residentKeys: number
  readonly hitRatio: number
}

function measuredCase(id: string): Measured {
  const path = new URL('../../../../oracle/vectors/cache_real.json', import.meta.url)
  const file = JSON.parse(readFileSync(path, 'utf8')) as {
    cases: {
      id: string
      config: { maxmemorySamples: number }
      workload: Record<'keys' | 'alpha' | 'seed' | 'requestsPerSecond' | 'warmupSeconds' | 'measuredSeconds', number>
      expected: { residentKeys: number; hitRatio: number }
    }[]
  }
  const { config, workload, expected } = file.cases.find((each) => each.id === id)!
  return {
    keys: workload.keys,
    alpha: workload.alpha,
    seed: workload.seed,
    ratePerS: workload.requestsPerSecond,
    warmupS: workload.warmupSeconds,
    measuredS: workload.measuredSeconds,
    samples: config.maxmemorySamples,
    residentKeys: expected.residentKeys,
    hitRatio: expected.hitRatio,
  }
}

/** Replays the recorded workload: independent Zipf draws by inversion of the distribution, GET and SET on a miss. */
function hitRatio(store: EvictionStore, measured: Measured): number {
  const cumulative = new Float64Array(measured.keys)
  let total = 0
  for (let key = 0; key < measured.keys; key++) cumulative[key] = total += (key + 1) ** -measured.alpha
  const stream = new RandomStreams(measured.seed, 0).stream('test/keys')
  const requests = (measured.warmupS + measured.measuredS) * measured.ratePerS
  const warmupRequests = measured.warmupS * measured.ratePerS
  let hits = 0
  for (let request = 0; request < requests; request++) {
    const nowNs = Math.floor((request / measured.ratePerS) * SECOND_NS)
    const key = lowerBound(cumulative, stream.nextUnit() * total)
    const entry = store.find(key)
    if (entry < 0) store.insert(key, 1, Infinity, nowNs)
    else {
      store.touch(entry, nowNs)
      if (request >= warmupRequests) hits += 1
    }
  }
  return hits / (requests - warmupRequests)
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
