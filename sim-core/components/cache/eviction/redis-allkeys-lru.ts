// Eviction as Redis 7 does it under maxmemory-policy allkeys-lru: sampled candidates, a pool of the best, a coarse clock.

import { invariant } from '../../../kernel/invariant.ts'
import type { RandomStream } from '../../../kernel/random.ts'
import { BoundedStore } from './bounded-store.ts'
import type { EvictionDefinition, EvictionOptions, EvictionPolicy, ResidentKeys } from './eviction.ts'
import { SamplingSet } from './sampling-set.ts'

/** Keys sampled before each eviction unless configured: the default of Redis's `maxmemory-samples`. */
const MAXMEMORY_SAMPLES_DEFAULT = 5

/** Candidates remembered between evictions: EVPOOL_SIZE. */
const POOL_SIZE = 16

/** Nanoseconds per tick of the LRU clock: LRU_CLOCK_RESOLUTION is 1,000 ms. */
const CLOCK_TICK_NS = 1_000_000_000

/** The LRU clock keeps 24 bits, so it wraps after 194 days: LRU_CLOCK_MAX. */
const CLOCK_MAX = 2 ** 24 - 1

/**
 * The sampled approximation of LRU.
 *
 * Source: Redis 7.0, src/evict.c, functions evictionPoolPopulate, estimateObjectIdleTime and performEvictions: before
 * each eviction `maxmemory-samples` keys are drawn and put into a pool of 16 ordered by idle time (in ticks of the LRU
 * clock at the time of sampling; a newcomer displaces the least idle when the pool is full); the most idle pool member
 * whose key still exists is evicted, members whose keys are gone are dropped on the way.
 * Differs from the source: see `differs` below.
 */
class RedisLruOrder implements EvictionPolicy {
  readonly #residents: ResidentKeys
  readonly #stream: RandomStream
  readonly #samples: number
  readonly #sampled = new SamplingSet()
  /** Tick of each entry's last access. */
  #accessTicks = new Int32Array(0)
  /** The pool from least to most idle: keys (which may be gone by now) and their idle ticks when sampled. */
  readonly #poolKeys = new Int32Array(POOL_SIZE)
  readonly #poolIdleTicks = new Int32Array(POOL_SIZE)
  #poolLength = 0

  constructor(residents: ResidentKeys, options: EvictionOptions) {
    this.#residents = residents
    this.#stream = options.stream
    this.#samples = options.maxmemorySamples ?? MAXMEMORY_SAMPLES_DEFAULT
    invariant(this.#samples >= 1, 'maxmemory-samples is at least 1')
  }

  grow(slots: number): void {
    const accessTicks = new Int32Array(slots)
    accessTicks.set(this.#accessTicks)
    this.#accessTicks = accessTicks
    this.#sampled.grow(slots)
  }

  inserted(entry: number, nowNs: number): void {
    this.#sampled.add(entry)
    this.#accessTicks[entry] = clockTick(nowNs)
  }

  touched(entry: number, nowNs: number): void {
    this.#accessTicks[entry] = clockTick(nowNs)
  }

  removed(entry: number): void {
    this.#sampled.delete(entry)
  }

  victim(_incomingKey: number, nowNs: number): number {
    const nowTick = clockTick(nowNs)
    for (;;) {
      this.#populatePool(nowTick)
      while (this.#poolLength > 0) {
        this.#poolLength -= 1
        const entry = this.#residents.find(this.#poolKeys[this.#poolLength]!)
        if (entry >= 0) return entry
      }
    }
  }

  cleared(): void {
    this.#sampled.clear()
    this.#poolLength = 0
  }

  #populatePool(nowTick: number): void {
    const sampled = this.#sampled
    if (sampled.length <= this.#samples) {
      for (let position = 0; position < sampled.length; position++) this.#offer(sampled.at(position), nowTick)
      return
    }
    for (let draw = 0; draw < this.#samples; draw++) {
      this.#offer(sampled.at(this.#stream.nextBelow(sampled.length)), nowTick)
    }
  }

  #offer(entry: number, nowTick: number): void {
    const keys = this.#poolKeys
    const idleTicks = this.#poolIdleTicks
    const length = this.#poolLength
    const idle = idleTime(this.#accessTicks[entry]!, nowTick)
    let position = 0
    while (position < length && idleTicks[position]! < idle) position += 1
    if (length === POOL_SIZE) {
      if (position === 0) return
      position -= 1
      for (let at = 0; at < position; at++) {
        keys[at] = keys[at + 1]!
        idleTicks[at] = idleTicks[at + 1]!
      }
    } else {
      for (let at = length; at > position; at--) {
        keys[at] = keys[at - 1]!
        idleTicks[at] = idleTicks[at - 1]!
      }
      this.#poolLength = length + 1
    }
    keys[position] = this.#residents.keyOf(entry)
    idleTicks[position] = idle
  }
}

function clockTick(nowNs: number): number {
  return Math.floor(nowNs / CLOCK_TICK_NS) & CLOCK_MAX
}

/** Ticks since the last access; a clock behind the access is taken to have wrapped once. */
function idleTime(accessTick: number, nowTick: number): number {
  return nowTick >= accessTick ? nowTick - accessTick : nowTick + (CLOCK_MAX - accessTick)
}

/** Redis 7, maxmemory-policy allkeys-lru. */
export const redisAllkeysLru: EvictionDefinition = {
  id: 'redis_allkeys_lru',
  label: 'Redis allkeys-lru',
  help: 'Evicts as Redis does: a few random keys are looked at (`maxmemory-samples`, 5), the longest idle of the best sixteen seen goes. Idle time counts whole seconds, so under heavy traffic it approaches random eviction.',
  source:
    'Redis 7.0, src/evict.c: evictionPoolPopulate, estimateObjectIdleTime, performEvictions; src/server.h: LRU_CLOCK_MAX, LRU_CLOCK_RESOLUTION',
  differs:
    'Samples are independent uniform draws over the resident keys, where Redis takes a run of neighbouring hash buckets; a store of no more keys than samples is sampled whole. Room is made before a key comes in, so the limit is never exceeded, where Redis checks it before the next command. The clock is the simulated second, where Redis refreshes it ten times a second. One database; entry sizes are counted as given, without allocator overhead.',
  create: (options) => new BoundedStore(options, (residents) => new RedisLruOrder(residents, options)),
}
