// How often keys were asked for lately, as Redis 7 knows it: in a logarithmic counter of eight bits that decays.

import { invariant } from '../../../kernel/invariant.ts'
import type { RandomStream } from '../../../kernel/random.ts'
import { NS_PER_MINUTE } from '../../../kernel/time.ts'
import type { PolicyOptions } from './eviction.ts'
import { grownInt32 } from './grown-array.ts'
import type { RedisRanking } from './redis-order.ts'

/** The counter of a new key: LFU_INIT_VAL. */
const COUNTER_FIRST = 5

/** The counter has eight bits. */
const COUNTER_MAX = 255

/** Defaults of `lfu-log-factor` and, in minutes, `lfu-decay-time`. */
const LOG_FACTOR_DEFAULT = 10
const DECAY_MINUTES_DEFAULT = 1

/** An own copy: imported constants are read and checked each time, this one is folded into the code. */
const MINUTE_NS = NS_PER_MINUTE

/** The time of the last decrement has sixteen bits, so it wraps after 45 days. */
const MINUTES_MAX = 65_535

/** Bits of the counter in a record; the minutes are above them. */
const COUNTER_BITS = 8

/**
 * Source: Redis 7.0, src/evict.c: LFULogIncr: r < 1 / (max(counter - 5, 0) * lfu_log_factor + 1) increments, up to 255;
 * LFUDecrAndReturn: the counter loses one for every lfu-decay-time minutes since its last decrement, by LFUTimeElapsed;
 * evictionPoolPopulate: idle = 255 - LFUDecrAndReturn. src/db.c, updateLFU: an access decrements, then increments and
 * writes the present minute. Differs from the source: none.
 */
export class RedisLfuRanking implements RedisRanking {
  readonly #stream: RandomStream
  readonly #logFactor: number
  readonly #decayMinutes: number
  /** The minute of the last access, and the counter in the low eight bits. */
  #records = new Int32Array(0)

  constructor({ stream, lfuLogFactor, lfuDecayMinutes }: PolicyOptions) {
    this.#stream = stream
    this.#logFactor = lfuLogFactor ?? LOG_FACTOR_DEFAULT
    this.#decayMinutes = lfuDecayMinutes ?? DECAY_MINUTES_DEFAULT
    invariant(this.#logFactor >= 0 && this.#decayMinutes >= 0, 'lfu-log-factor and lfu-decay-time are at least 0')
  }

  grow(slots: number): void {
    this.#records = grownInt32(this.#records, slots)
  }

  created(entry: number, nowNs: number): void {
    this.#records[entry] = (minutesOf(nowNs) << COUNTER_BITS) | COUNTER_FIRST
  }

  accessed(entry: number, nowNs: number): void {
    const minutes = minutesOf(nowNs)
    this.#records[entry] = (minutes << COUNTER_BITS) | this.#incremented(this.#decayed(entry, minutes))
  }

  score(entry: number, nowNs: number): number {
    return COUNTER_MAX - this.#decayed(entry, minutesOf(nowNs))
  }

  #decayed(entry: number, minutes: number): number {
    const record = this.#records[entry]!
    const counter = record & COUNTER_MAX
    if (this.#decayMinutes === 0) return counter
    const last = record >>> COUNTER_BITS
    const elapsed = minutes >= last ? minutes - last : MINUTES_MAX - last + minutes
    return Math.max(0, counter - Math.floor(elapsed / this.#decayMinutes))
  }

  #incremented(counter: number): number {
    if (counter === COUNTER_MAX) return counter
    const above = Math.max(0, counter - COUNTER_FIRST)
    return this.#stream.nextUnit() < 1 / (above * this.#logFactor + 1) ? counter + 1 : counter
  }
}

function minutesOf(nowNs: number): number {
  return Math.floor(nowNs / MINUTE_NS) & MINUTES_MAX
}
