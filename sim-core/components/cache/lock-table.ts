// Locks by key, each with its line of waiting frames, in arrays.
import type { Frames } from '../../kernel/frames.ts'
import { NONE } from '../../kernel/frames.ts'
import { grownInt32 } from './eviction/grown-array.ts'
import { HashIndex } from './eviction/hash-index.ts'

/** Locks made room for at first; doubled whenever all are held. */
const LOCKS_AT_FIRST = 64

/**
 * The locks that are held now, by key. Waiting frames are chained through their own columns, first come first; the
 * operations take constant time and allocate nothing but when the number of locks held reaches a new high.
 */
export class LockTable {
  private readonly frames: Frames
  private index = new HashIndex(LOCKS_AT_FIRST)
  private size = LOCKS_AT_FIRST
  private keys = new Int32Array(LOCKS_AT_FIRST)
  /** Who holds each lock; of a free place, the next free one. */
  private holders = chained(new Int32Array(LOCKS_AT_FIRST), 0)
  private heads = new Int32Array(LOCKS_AT_FIRST)
  private tails = new Int32Array(LOCKS_AT_FIRST)
  private firstFree = 0

  constructor(frames: Frames) {
    this.frames = frames
  }

  /** The frame that holds the lock of a key, or NONE. */
  holderOf(key: number): number {
    const lock = this.index.find(key)
    return lock < 0 ? NONE : this.holders[lock]!
  }

  /** Gives the lock of a key to a frame if nobody holds it. */
  acquire(key: number, frame: number): boolean {
    if (this.index.find(key) >= 0) return false
    if (this.firstFree === this.size) this.grow()
    const lock = this.firstFree
    this.firstFree = this.holders[lock]!
    this.keys[lock] = key
    this.holders[lock] = frame
    this.heads[lock] = NONE
    this.tails[lock] = NONE
    this.index.add(key, lock)
    return true
  }

  /** Lines a frame up for a lock that is held. */
  wait(key: number, frame: number): void {
    const { frames } = this
    const lock = this.index.find(key)
    const tail = this.tails[lock]!
    frames.setNext(frame, NONE)
    frames.setPrevious(frame, tail)
    if (tail >= 0) frames.setNext(tail, frame)
    else this.heads[lock] = frame
    this.tails[lock] = frame
  }

  /** A frame leaves the line from wherever it stands. */
  leave(key: number, frame: number): void {
    const { frames } = this
    const lock = this.index.find(key)
    const after = frames.next(frame)
    const before = frames.previous(frame)
    if (before >= 0) frames.setNext(before, after)
    else this.heads[lock] = after
    if (after >= 0) frames.setPrevious(after, before)
    else this.tails[lock] = before
  }

  /** Hands a held lock to who is first in line and answers that frame; frees it and answers NONE when nobody waits. */
  handOver(key: number): number {
    const lock = this.index.find(key)
    const first = this.heads[lock]!
    if (first >= 0) {
      this.leave(key, first)
      this.holders[lock] = first
    } else this.free(key, lock)
    return first
  }

  /** Gives a held lock to another frame; who waits goes on waiting. */
  pass(key: number, frame: number): void {
    this.holders[this.index.find(key)] = frame
  }

  /** Frees a held lock; answers the first of its line, still chained through `next`, or NONE. */
  dissolve(key: number): number {
    const lock = this.index.find(key)
    this.free(key, lock)
    return this.heads[lock]!
  }

  private free(key: number, lock: number): void {
    this.index.delete(key)
    this.holders[lock] = this.firstFree
    this.firstFree = lock
  }

  private grow(): void {
    const present = this.size
    this.size = 2 * present
    this.keys = grownInt32(this.keys, this.size)
    this.heads = grownInt32(this.heads, this.size)
    this.tails = grownInt32(this.tails, this.size)
    this.holders = chained(grownInt32(this.holders, this.size), present)
    this.index = new HashIndex(this.size)
    for (let lock = 0; lock < present; lock++) this.index.add(this.keys[lock]!, lock)
  }
}

/** Chains the places from `first` on; the chain ends at the length. */
function chained(places: Int32Array<ArrayBuffer>, first: number): Int32Array<ArrayBuffer> {
  for (let place = first; place < places.length; place++) places[place] = place + 1
  return places
}
