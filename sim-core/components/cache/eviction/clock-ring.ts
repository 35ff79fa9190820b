// A circle of entries with a hand: what second-chance policies turn.

import { EntryRings } from './entry-rings.ts'

/** The only ring. */
const CIRCLE = 0

/** The hand is past the newest end of the ring, which is before its oldest. */
const AT_OLDEST = -1

/** Entries in a circle. New ones enter behind the hand, so it comes to them last; only the hand moves. */
export class ClockRing {
  readonly #entries = new EntryRings(1)
  #hand = AT_OLDEST

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    this.#entries.grow(slots)
  }

  /** The entry under the hand; negative when the circle is empty. */
  current(): number {
    return this.#hand >= 0 ? this.#hand : this.#entries.oldest(CIRCLE)
  }

  /** The entry after one of the circle. */
  after(entry: number): number {
    const next = this.#entries.newerThan(entry)
    return next >= 0 ? next : this.#entries.oldest(CIRCLE)
  }

  /** An entry enters behind the hand. */
  add(entry: number): void {
    if (this.#hand < 0) this.#entries.add(CIRCLE, entry)
    else this.#entries.addBefore(this.#hand, entry)
  }

  /** Takes out an entry, and the hand moves to the one after it. */
  takeOut(entry: number): void {
    this.#hand = this.#entries.newerThan(entry)
    this.#entries.delete(entry)
  }

  /** Takes out an entry wherever the hand is; the hand moves only when it points there. */
  delete(entry: number): void {
    if (entry === this.#hand) this.takeOut(entry)
    else this.#entries.delete(entry)
  }

  /** Takes every entry out. */
  clear(): void {
    this.#entries.clear()
    this.#hand = AT_OLDEST
  }
}
