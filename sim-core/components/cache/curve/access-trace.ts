// The requests that a miss-ratio curve is made of: keys in the order in which they are asked for.

import { grownFloat64, grownInt32 } from '../eviction/grown-array.ts'

/** The keys of a trace of which a cache keeps no value but a mark that there is none, and how long it does. */
export interface TraceMarks {
  /** 1 for those keys, [universe]. */
  readonly isMark: Uint8Array
  readonly lifeNs: number
}

/** Which keys of a collection are to be marks. */
export interface MarkedKeys {
  has(key: number): boolean
  readonly lifeNs: number
}

/** A trace over dense keys 0..universe-1, each of which occurs. Memory: 4 bytes a request, 8 more where times are known. */
export interface AccessTrace {
  readonly keys: Int32Array
  readonly universe: number
  /** Size of each key's value in bytes, [universe]; absent where capacity is counted in entries. */
  readonly sizesBytes?: Float64Array
  /** Absent where every key has a value, which stays until it is evicted. */
  readonly marks?: TraceMarks
  /** When each request comes, in nanoseconds, [keys]; absent where they come at equal distances. */
  readonly timesNs?: Float64Array
  /** Nanoseconds between requests, where their times are not known. */
  readonly gapNs: number
}

/** Sum of the sizes of all keys, in bytes or in entries. */
export function footprint({ universe, sizesBytes }: AccessTrace): number {
  if (sizesBytes === undefined) return universe
  let sum = 0
  for (let key = 0; key < universe; key++) sum += sizesBytes[key]!
  return sum
}

/** Undefined when no key that occurs is marked. @param numbers of the keys as collected, -1 for those that do not occur */
function marksOf(marked: MarkedKeys, numbers: Int32Array, distinct: number): TraceMarks | undefined {
  const isMark = new Uint8Array(distinct)
  for (let key = 0; key < numbers.length; key++) if (numbers[key]! >= 0 && marked.has(key)) isMark[numbers[key]!] = 1
  return isMark.includes(1) ? { isMark, lifeNs: marked.lifeNs } : undefined
}

/** Requests for whose keys there is room at first; doubled whenever it is used up. */
const REQUESTS_AT_FIRST = 4096

/** Collects requests one by one; the numbers of their keys need not be dense. */
export class AccessCollector {
  #keys = new Int32Array(REQUESTS_AT_FIRST)
  #timesNs: Float64Array | undefined
  #length = 0

  /** @param hasTimes whether every request comes with its time */
  constructor(hasTimes: boolean) {
    if (hasTimes) this.#timesNs = new Float64Array(REQUESTS_AT_FIRST)
  }

  /** Requests collected. */
  get length(): number {
    return this.#length
  }

  /** Adds a request for a key of 0 to 2^31 - 1. */
  add(key: number, timeNs: number): void {
    if (this.#length === this.#keys.length) this.#grow()
    this.#keys[this.#length] = key
    if (this.#timesNs !== undefined) this.#timesNs[this.#length] = timeNs
    this.#length += 1
  }

  /**
   * The trace, its keys numbered in the order in which they first occur.
   * @param universe keys collected are below it
   * @param sizeBytes size of the value of a key as collected; absent where capacity is counted in entries
   * @param marked keys as collected; absent where there are none
   */
  trace(universe: number, gapNs: number, sizeBytes?: (key: number) => number, marked?: MarkedKeys): AccessTrace {
    const numbers = new Int32Array(universe).fill(-1)
    const keys = this.#keys.subarray(0, this.#length)
    let distinct = 0
    for (const key of keys) {
      if (numbers[key]! >= 0) continue
      numbers[key] = distinct
      distinct += 1
    }
    let sizesBytes: Float64Array | undefined
    if (sizeBytes !== undefined) {
      sizesBytes = new Float64Array(distinct)
      for (let key = 0; key < universe; key++) if (numbers[key]! >= 0) sizesBytes[numbers[key]!] = sizeBytes(key)
    }
    const marks = marked && marksOf(marked, numbers, distinct)
    return {
      keys: keys.map((key) => numbers[key]!),
      universe: distinct,
      gapNs,
      ...(sizesBytes === undefined ? {} : { sizesBytes }),
      ...(marks === undefined ? {} : { marks }),
      ...(this.#timesNs === undefined ? {} : { timesNs: this.#timesNs.slice(0, this.#length) }),
    }
  }

  #grow(): void {
    const length = 2 * this.#keys.length
    this.#keys = grownInt32(this.#keys, length)
    if (this.#timesNs !== undefined) this.#timesNs = grownFloat64(this.#timesNs, length)
  }
}
