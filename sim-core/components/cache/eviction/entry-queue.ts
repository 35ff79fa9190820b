// Entries first in, first out, in an array: what queues and clocks of second chance are kept in.

import { grownInt32 } from './grown-array.ts'

/** Places at first, a power of two; doubled when more than half of them are taken at once. */
const PLACES_AT_FIRST = 256

/** Nothing is in the queue. */
const NONE = -1

/**
 * A queue over dense entry numbers in a circular array, so walking it touches neighbouring words. An entry that is taken out
 * before its turn leaves its place behind: the place counts as left over and is skipped when its turn comes, which is before
 * that of any later place of the same entry. 4 to 16 bytes per member, and 4 per entry
 * where any leaves early; every operation takes constant time
 * on average.
 */
export class EntryQueue {
  #places = new Int32Array(PLACES_AT_FIRST)
  #mask = PLACES_AT_FIRST - 1
  /** The oldest place, and number of places from there, those left over included. */
  #first = 0
  #span = 0
  #slots = 0
  /** Places left over, of each entry and of all. Where nothing is ever taken out early, there is no room for them. */
  #leftOver = new Int32Array(0)
  #leftOverAll = 0

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#slots = slots
    if (this.#leftOver.length > 0) this.#leftOver = grownInt32(this.#leftOver, slots)
  }

  /** Puts an entry that is no member at the newest end. */
  add(entry: number): void {
    if (this.#span > this.#mask) this.#makePlaces()
    this.#places[(this.#first + this.#span) & this.#mask] = entry
    this.#span += 1
  }

  /** The oldest entry; negative when there is none. */
  oldest(): number {
    if (this.#leftOverAll > 0) this.#skipLeftOver()
    return this.#span === 0 ? NONE : this.#places[this.#first]!
  }

  /** Takes out the entry that `oldest` has just named. */
  takeOldest(): void {
    this.#first = (this.#first + 1) & this.#mask
    this.#span -= 1
  }

  /** Moves the entry that `oldest` has just named to the newest end. */
  renewOldest(): void {
    const places = this.#places
    const mask = this.#mask
    const first = this.#first
    places[(first + this.#span) & mask] = places[first]!
    this.#first = (first + 1) & mask
  }

  /** Takes a member out wherever it is. */
  delete(entry: number): void {
    if (this.#leftOver.length === 0) this.#leftOver = new Int32Array(this.#slots)
    this.#leftOver[entry] = this.#leftOver[entry]! + 1
    this.#leftOverAll += 1
  }

  /** Takes every member out. */
  clear(): void {
    this.#first = 0
    this.#span = 0
    this.#leftOver.fill(0)
    this.#leftOverAll = 0
  }

  #skipLeftOver(): void {
    while (this.#span > 0 && this.#isLeftOver(this.#places[this.#first]!)) this.takeOldest()
  }

  /** Whether the place whose turn it is was left over by its entry; if so, it is counted off. */
  #isLeftOver(entry: number): boolean {
    const count = this.#leftOver[entry]!
    if (count === 0) return false
    this.#leftOver[entry] = count - 1
    this.#leftOverAll -= 1
    return true
  }

  /** All places are taken: drops those left over, and doubles the places unless half of them were. */
  #makePlaces(): void {
    const before = this.#places
    const places = before.length
    const members = places - this.#leftOverAll
    const after = new Int32Array(2 * members > places ? 2 * places : places)
    let at = 0
    for (let step = 0; step < places; step++) {
      const entry = before[(this.#first + step) & (places - 1)]!
      if (this.#leftOverAll > 0 && this.#isLeftOver(entry)) continue
      after[at] = entry
      at += 1
    }
    this.#places = after
    this.#mask = after.length - 1
    this.#first = 0
    this.#span = at
  }
}
