// Writes that an instance holds back, and the batches of them that are on their way to the source.
import type { Frames } from '../../kernel/frames.ts'
import { grownInt32 } from './eviction/grown-array.ts'
import { HashIndex } from './eviction/hash-index.ts'

/** Writes made room for at first; doubled whenever there is no room left. */
const WRITES_AT_FIRST = 64

/**
 * Writes of distinct keys, in the order in which the keys were first written; a row of keys, one per population, each. Any
 * number of batches may be on their way at a time, most of them far from full, so each takes as much memory as it needs.
 */
export class WriteBatch {
  /** Keys held. */
  count = 0
  /** How many of them were dealt with. */
  done = 0
  /** Version of the write that is being stored. */
  version = 0
  /** Whether the instance that stores them has died. */
  isDoomed = false
  private readonly frames: Frames
  private room = WRITES_AT_FIRST
  private keys = new Int32Array(WRITES_AT_FIRST)
  private rows: Int32Array
  private index = new HashIndex(WRITES_AT_FIRST)

  constructor(frames: Frames) {
    this.frames = frames
    this.rows = new Int32Array(WRITES_AT_FIRST * frames.populations)
  }

  /** Holds the write of a frame; false when one of the same key was there, which it replaces. */
  add(key: number, frame: number): boolean {
    const known = this.index.find(key)
    if (known < 0 && this.count === this.room) this.grow()
    const place = known < 0 ? this.count : known
    const { populations } = this.frames
    for (let i = 0; i < populations; i++) this.rows[place * populations + i] = this.frames.key(frame, i)
    if (known >= 0) return false
    this.keys[place] = key
    this.index.add(key, place)
    this.count++
    return true
  }

  /** Gives a frame the keys of the next write. */
  handTo(frame: number): void {
    const { populations } = this.frames
    for (let i = 0; i < populations; i++) this.frames.setKey(frame, i, this.rows[this.done * populations + i]!)
  }

  /** Forgets everything. */
  clear(): void {
    this.index.clear()
    this.count = 0
    this.done = 0
    this.isDoomed = false
  }

  private grow(): void {
    this.room *= 2
    this.keys = grownInt32(this.keys, this.room)
    this.rows = grownInt32(this.rows, this.room * this.frames.populations)
    this.index = new HashIndex(this.room)
    for (let place = 0; place < this.count; place++) this.index.add(this.keys[place]!, place)
  }
}
