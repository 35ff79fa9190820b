// Eviction as Redis 7 does it under every maxmemory policy: who may go, and how much the sampled ones deserve it.

import { invariant } from '../../../kernel/invariant.ts'
import type { RandomStream } from '../../../kernel/random.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { grownUint8 } from './grown-array.ts'
import { RedisPool } from './redis-pool.ts'
import { SamplingSet } from './sampling-set.ts'

/** Keys sampled before each eviction unless configured: the default of Redis's `maxmemory-samples`. */
const MAXMEMORY_SAMPLES_DEFAULT = 5

/** What differs from Redis under every policy. */
export const REDIS_DIFFERS =
  'Samples are independent uniform draws over the keys that may go, where Redis takes a run of neighbouring hash buckets; no more keys than samples are all sampled. Room is made before a key comes in, so the limit is never exceeded, where Redis checks it before the next command. One database; entry sizes are counted as given, without allocator overhead.'

/** What a policy knows of each key, and how much a key deserves to go. */
export interface RedisRanking {
  /** Entries from now on run to `slots - 1`. */
  grow(slots: number): void
  /** The key came in. */
  created(entry: number, nowNs: number): void
  /** The key was asked for. */
  accessed(entry: number, nowNs: number): void
  /** The higher, the sooner it goes. */
  score(entry: number, nowNs: number): number
}

/** Which keys a policy may evict: all, or those with an expiry. */
export type RedisScope = 'allkeys' | 'volatile'

/** The keys that may go, in a set that can be drawn from; kept in step with what comes, goes and gets an expiry. */
class RedisCandidates {
  readonly #residents: Residents
  readonly #scope: RedisScope
  readonly #entries = new SamplingSet()
  #isMember = new Uint8Array(0)

  constructor(residents: Residents, scope: RedisScope) {
    this.#residents = residents
    this.#scope = scope
  }

  get length(): number {
    return this.#entries.length
  }

  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#isMember = grownUint8(this.#isMember, slots)
  }

  at(position: number): number {
    return this.#entries.at(position)
  }

  /** Decides anew whether an entry may go. */
  update(entry: number): void {
    const may = this.#scope === 'allkeys' || this.#residents.expiresAtNs(entry) < Infinity
    if (may === (this.#isMember[entry] === 1)) return
    if (may) this.#entries.add(entry)
    else this.#entries.delete(entry)
    this.#isMember[entry] = may ? 1 : 0
  }

  delete(entry: number): void {
    if (this.#isMember[entry] === 0) return
    this.#entries.delete(entry)
    this.#isMember[entry] = 0
  }

  clear(): void {
    this.#entries.clear()
    this.#isMember.fill(0)
  }
}

/**
 * Source: Redis 7.0, src/evict.c, evictionPoolPopulate and performEvictions: before each eviction `maxmemory-samples` keys
 * are drawn and put into the pool; the most deserving member whose key still exists goes. Without any key that may go, the
 * command that needs room fails. Differs from the source: `REDIS_DIFFERS`.
 */
class RedisOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #stream: RandomStream
  readonly #samples: number
  readonly #candidates: RedisCandidates
  readonly #ranking: RedisRanking
  readonly #pool = new RedisPool()

  constructor(options: PolicyOptions, residents: Residents, scope: RedisScope, ranking: RedisRanking) {
    this.#residents = residents
    this.#stream = options.stream
    this.#samples = options.maxmemorySamples ?? MAXMEMORY_SAMPLES_DEFAULT
    this.#candidates = new RedisCandidates(residents, scope)
    this.#ranking = ranking
    invariant(this.#samples >= 1, 'maxmemory-samples is at least 1')
  }

  grow(slots: number): void {
    this.#candidates.grow(slots)
    this.#ranking.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(nowNs: number): number {
    const candidates = this.#candidates
    while (candidates.length > 0) {
      this.#populatePool(nowNs)
      const victim = this.#pool.take(this.#residents)
      if (victim >= 0) {
        candidates.delete(victim)
        return victim
      }
    }
    return -1
  }

  inserted(entry: number, nowNs: number): void {
    this.#ranking.created(entry, nowNs)
    this.#candidates.update(entry)
  }

  touched(entry: number, nowNs: number): void {
    this.#ranking.accessed(entry, nowNs)
  }

  removed(entry: number): void {
    this.#candidates.delete(entry)
  }

  cleared(): void {
    this.#candidates.clear()
    this.#pool.clear()
  }

  expiryChanged(entry: number): void {
    this.#candidates.update(entry)
  }

  #populatePool(nowNs: number): void {
    const candidates = this.#candidates
    const { length } = candidates
    if (length <= this.#samples) {
      for (let position = 0; position < length; position++) this.#offer(candidates.at(position), nowNs)
      return
    }
    for (let draw = 0; draw < this.#samples; draw++) this.#offer(candidates.at(this.#stream.nextBelow(length)), nowNs)
  }

  #offer(entry: number, nowNs: number): void {
    this.#pool.offer(this.#residents.keyOf(entry), this.#ranking.score(entry, nowNs))
  }
}

/** Source: Redis 7.0, src/evict.c, performEvictions: a random key of the dictionary. Differs from the source: none. */
class RedisRandomOrder implements EvictionPolicy {
  readonly #stream: RandomStream
  readonly #candidates: RedisCandidates

  constructor(stream: RandomStream, residents: Residents, scope: RedisScope) {
    this.#stream = stream
    this.#candidates = new RedisCandidates(residents, scope)
  }

  grow(slots: number): void {
    this.#candidates.grow(slots)
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    const candidates = this.#candidates
    if (candidates.length === 0) return -1
    const victim = candidates.at(this.#stream.nextBelow(candidates.length))
    candidates.delete(victim)
    return victim
  }

  inserted(entry: number): void {
    this.#candidates.update(entry)
  }

  touched(): void {
    // Being asked for does not keep a key.
  }

  removed(entry: number): void {
    this.#candidates.delete(entry)
  }

  cleared(): void {
    this.#candidates.clear()
  }

  expiryChanged(entry: number): void {
    this.#candidates.update(entry)
  }
}

/** A policy that evicts by rank among samples. */
export function createRedisOrder(
  options: PolicyOptions,
  residents: Residents,
  scope: RedisScope,
  ranking: RedisRanking,
): EvictionPolicy {
  return new RedisOrder(options, residents, scope, ranking)
}

/** A policy that evicts by chance. */
export function createRedisRandomOrder(
  { stream }: PolicyOptions,
  residents: Residents,
  scope: RedisScope,
): EvictionPolicy {
  return new RedisRandomOrder(stream, residents, scope)
}
