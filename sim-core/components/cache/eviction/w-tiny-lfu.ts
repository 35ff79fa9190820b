// Eviction behind an admission by frequency: newcomers must be asked for more often than what they would displace.

import { definePolicy } from './define-policy.ts'
import { EntryRings } from './entry-rings.ts'
import type { EvictionDefinition, EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { FrequencySketch } from './frequency-sketch.ts'
import { grownUint8 } from './grown-array.ts'
import { SegmentedOrder } from './segmented-order.ts'

/** Share of the capacity that belongs to the window. */
const WINDOW_SHARE = 0.01

/** Shares of the main part that are on probation and protected. */
const PROBATION_SHARE = 0.2
const PROTECTED_SHARE = 0.8

/** Hits in the main part after which all frequencies are halved, in entries of the main part. */
const SAMPLE_SIZE = 32

/** Entries that the sketch is made for at first where the capacity is in bytes; doubled as the entries are. */
const SKETCH_ENTRIES_AT_FIRST = 1024

/** The only ring of the window: by last access. */
const WINDOW = 0

/**
 * Source: G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM Trans. Storage
 * 13(4), 2017, sections 3.3 and 4: a miss enters the window, an LRU cache of 1 %; the window's victim is admitted to the
 * main cache, a segmented LRU with 80 % protected, if its estimated frequency is above that of the main cache's victim;
 * all counters are halved when the sample is complete. Differs from the source: see `differs` below.
 */
class WTinyLfuOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #window = new EntryRings(1)
  readonly #main: SegmentedOrder
  readonly #sketch: FrequencySketch
  readonly #inBytes: boolean
  readonly #mainLimit: number
  /** Weight up to which a key is admitted. */
  readonly #admittedMax: number
  /** 1 for entries of the main part. */
  #isMain = new Uint8Array(0)
  #hits = 0

  constructor({ capacity, unit, universe }: PolicyOptions, residents: Residents, isWindowStrict: boolean) {
    this.#residents = residents
    const share = Math.floor(capacity * WINDOW_SHARE)
    const window = isWindowStrict ? share : Math.max(1, share)
    this.#admittedMax = isWindowStrict ? window : Infinity
    this.#mainLimit = capacity - window
    this.#inBytes = unit === 'bytes'
    const shares = [PROBATION_SHARE, PROTECTED_SHARE].map((each) => Math.floor(each * this.#mainLimit))
    this.#main = new SegmentedOrder(residents, shares)
    const sketched = Math.min(this.#inBytes ? SKETCH_ENTRIES_AT_FIRST : this.#mainLimit, universe)
    this.#sketch = new FrequencySketch(Math.max(1, sketched))
  }

  grow(slots: number): void {
    this.#window.grow(slots)
    this.#main.grow(slots)
    this.#isMain = grownUint8(this.#isMain, slots)
    if (this.#inBytes) while (this.#sketch.entries < slots) this.#sketch.double()
  }

  admits(_key: number, weight: number): boolean {
    return weight <= this.#admittedMax
  }

  evict(): number {
    const main = this.#main
    const sketch = this.#sketch
    for (;;) {
      const candidate = this.#window.oldest(WINDOW)
      const victim = main.lowest()
      if (candidate < 0) {
        main.delete(victim)
        return victim
      }
      this.#window.delete(candidate)
      const key = this.#residents.keyOf(candidate)
      if (main.weight + this.#residents.weight(candidate) > this.#mainLimit) {
        const isBetter = victim >= 0 && sketch.estimate(key) > sketch.estimate(this.#residents.keyOf(victim))
        if (!isBetter) {
          sketch.add(key)
          return candidate
        }
        this.#dropFromMain(victim)
      }
      sketch.add(key)
      this.#isMain[candidate] = 1
      main.add(candidate)
    }
  }

  inserted(entry: number): void {
    this.#isMain[entry] = 0
    this.#window.add(WINDOW, entry)
    this.#sketch.add(this.#residents.keyOf(entry))
  }

  touched(entry: number): void {
    if (this.#isMain[entry] === 0) {
      this.#window.renew(WINDOW, entry)
      return
    }
    const main = this.#main
    if (main.lift(entry)) {
      for (let victim = main.lowest(); main.isLowestOver && victim !== entry; victim = main.lowest()) {
        this.#dropFromMain(victim)
      }
    }
    this.#sketch.add(this.#residents.keyOf(entry))
    this.#hits += 1
    if (this.#hits >= SAMPLE_SIZE * this.#sketch.entries) {
      this.#hits = 0
      this.#sketch.halve()
    }
  }

  removed(entry: number): void {
    if (this.#isMain[entry] === 1) this.#main.delete(entry)
    else this.#window.delete(entry)
  }

  cleared(): void {
    this.#window.clear()
    this.#main.clear()
    this.#sketch.clear()
    this.#hits = 0
  }

  #dropFromMain(victim: number): void {
    this.#main.delete(victim)
    this.#residents.drop(victim)
  }
}

/**
 * W-TinyLFU with a window that holds something whatever the capacity, or with a strict one: that is rounded down, to
 * nothing below 100 units of capacity, and keys that are larger than the window stay out.
 */
export function createWTinyLfu(window: 'roomy' | 'strict'): EvictionDefinition {
  return definePolicy({
    id: 'w_tinylfu',
    label: 'W-TinyLFU',
    help: 'New keys pass a small window; only those asked for more often than what they would displace get into the main part, a segmented LRU. Frequencies are estimated in a few bytes per entry and fade.',
    source:
      'G. Einziger, R. Friedman, B. Manes, "TinyLFU: a highly efficient cache admission policy", ACM Trans. Storage 13(4), 2017, sections 3 and 4',
    differs:
      'As libCacheSim has it: frequencies are counted on misses, on hits in the main part and when a key leaves the window; they are halved after as many hits in the main part as 32 times its entries; after an admission the next key of the window is tried, until one is refused; an entry that falls back on probation pushes out what exceeds the rounded share. The sketch is a counting Bloom filter with 8 counters per entry and 4 per key, without doorkeeper. The window does not adapt its size, as that of Caffeine does. Shares are of entries or of bytes, as the capacity is.',
    createPolicy: (options, residents) => new WTinyLfuOrder(options, residents, window === 'strict'),
  })
}

/** W-TinyLFU. */
export const wTinyLfu = createWTinyLfu('roomy')
