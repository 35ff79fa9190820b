// Recency in segments: an access lifts an entry into the next segment, overflow pushes the oldest down again.

import { EntryRings } from './entry-rings.ts'
import type { Residents } from './eviction.ts'
import { grownUint8 } from './grown-array.ts'

/** Entries in segments of limited weight, each segment in order of when its entries came into it or were renewed. */
export class SegmentedOrder {
  readonly #residents: Residents
  readonly #entries: EntryRings
  readonly #limits: Float64Array
  readonly #weights: Float64Array
  readonly #top: number
  #segmentOf = new Uint8Array(0)

  /** @param limits most weight of each segment, lowest first; the lowest may be above its limit. */
  constructor(residents: Residents, limits: readonly number[]) {
    this.#residents = residents
    this.#entries = new EntryRings(limits.length)
    this.#limits = Float64Array.from(limits)
    this.#weights = new Float64Array(limits.length)
    this.#top = limits.length - 1
  }

  /** Sum of the weights in all segments. */
  get weight(): number {
    let sum = 0
    for (let segment = 0; segment <= this.#top; segment++) sum += this.#weights[segment]!
    return sum
  }

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#entries.grow(slots)
    this.#segmentOf = grownUint8(this.#segmentOf, slots)
  }

  /** A new entry enters the lowest segment that has room for it, or the lowest of all. */
  add(entry: number): void {
    const weight = this.#residents.weight(entry)
    let segment = 0
    while (segment <= this.#top && this.#weights[segment]! + weight > this.#limits[segment]!) segment += 1
    this.#enter(entry, segment > this.#top ? 0 : segment, weight)
  }

  /**
   * Lifts an entry by one segment; what overflows goes down from segment to segment. True when something came down into
   * the lowest segment and that is above its limit now.
   */
  lift(entry: number): boolean {
    const segment = this.#segmentOf[entry]!
    if (segment === this.#top) {
      this.#entries.renew(segment, entry)
      return false
    }
    const weight = this.#residents.weight(entry)
    this.#leave(entry, segment, weight)
    this.#enter(entry, segment + 1, weight)
    let full = segment + 1
    while (full > 0 && this.#weights[full]! > this.#limits[full]!) {
      while (this.#weights[full]! > this.#limits[full]!) this.#lower(full)
      full -= 1
    }
    return full === 0 && this.isLowestOver
  }

  /** The lowest segment is above its limit. */
  get isLowestOver(): boolean {
    return this.#weights[0]! > this.#limits[0]!
  }

  /** The oldest entry of the lowest segment that has any; negative when nothing is there. */
  lowest(): number {
    for (let segment = 0; segment < this.#top; segment++) {
      const oldest = this.#entries.oldest(segment)
      if (oldest >= 0) return oldest
    }
    return this.#entries.oldest(this.#top)
  }

  /** Takes an entry out. */
  delete(entry: number): void {
    this.#leave(entry, this.#segmentOf[entry]!, this.#residents.weight(entry))
  }

  /** Takes every entry out. */
  clear(): void {
    this.#entries.clear()
    this.#weights.fill(0)
  }

  #lower(segment: number): void {
    const oldest = this.#entries.oldest(segment)
    const weight = this.#residents.weight(oldest)
    this.#leave(oldest, segment, weight)
    this.#enter(oldest, segment - 1, weight)
  }

  #enter(entry: number, segment: number, weight: number): void {
    this.#segmentOf[entry] = segment
    this.#weights[segment] = this.#weights[segment]! + weight
    this.#entries.add(segment, entry)
  }

  #leave(entry: number, segment: number, weight: number): void {
    this.#weights[segment] = this.#weights[segment]! - weight
    this.#entries.delete(entry)
  }
}
