// Redis's pool of eviction candidates: the best of all keys sampled so far.

import type { Residents } from './eviction.ts'

/** Candidates remembered between evictions: EVPOOL_SIZE. */
const POOL_SIZE = 16

/**
 * Sixteen keys in the order of how much they deserve to go, as they did when they were sampled; some may be gone by now.
 *
 * Source: Redis 7.0, src/evict.c, evictionPoolPopulate and performEvictions: a newcomer stands behind all that deserve it
 * less and displaces the least deserving of a full pool; the most deserving whose key still exists is evicted, those whose
 * keys are gone are dropped on the way. Differs from the source: none.
 */
export class RedisPool {
  readonly #keys = new Int32Array(POOL_SIZE)
  readonly #scores = new Float64Array(POOL_SIZE)
  #length = 0

  /** Puts a sampled key in; the higher the score, the sooner it goes. */
  offer(key: number, score: number): void {
    const keys = this.#keys
    const scores = this.#scores
    const length = this.#length
    let position = 0
    while (position < length && scores[position]! < score) position += 1
    if (length === POOL_SIZE) {
      if (position === 0) return
      position -= 1
      keys.copyWithin(0, 1, position + 1)
      scores.copyWithin(0, 1, position + 1)
    } else {
      keys.copyWithin(position + 1, position, length)
      scores.copyWithin(position + 1, position, length)
      this.#length = length + 1
    }
    keys[position] = key
    scores[position] = score
  }

  /** Takes out the entry that deserves it most; -1 when none of the pool is resident any more. */
  take(residents: Residents): number {
    while (this.#length > 0) {
      this.#length -= 1
      const entry = residents.find(this.#keys[this.#length]!)
      if (entry >= 0) return entry
    }
    return -1
  }

  /** Forgets every candidate. */
  clear(): void {
    this.#length = 0
  }
}
