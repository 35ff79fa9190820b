// The 64-bit hashes of keys, each computed once: big integers are too slow for every request.

import { xxh64 } from '../../../hashing/xxh64.ts'
import type { RequestKeys } from './request-keys.ts'

/** Keys whose hash is kept: the most popular ones, as keys are numbered by popularity. */
const KEPT_KEYS_MAX = 1_048_576

const WORD_BITS = 32n

/** xxHash64 of keys, as two unsigned words. */
export class KeyHashes {
  /** The hash that was loaded last. */
  high = 0
  low = 0
  private readonly keys: RequestKeys
  private readonly isKnown: Uint8Array
  private readonly highs: Uint32Array
  private readonly lows: Uint32Array

  constructor(keys: RequestKeys) {
    const length = Math.min(keys.count, KEPT_KEYS_MAX)
    this.keys = keys
    this.isKnown = new Uint8Array(length)
    this.highs = new Uint32Array(length)
    this.lows = new Uint32Array(length)
  }

  /** Brings the hash of a key into `high` and `low`. */
  load(key: number): void {
    if (key < this.isKnown.length && this.isKnown[key] === 1) {
      this.high = this.highs[key]!
      this.low = this.lows[key]!
      return
    }
    const start = this.keys.load(key)
    const hash = xxh64(this.keys.bytes.subarray(start))
    this.high = Number(hash >> WORD_BITS)
    this.low = Number(BigInt.asUintN(32, hash))
    if (key >= this.isKnown.length) return
    this.isKnown[key] = 1
    this.highs[key] = this.high
    this.lows[key] = this.low
  }
}
