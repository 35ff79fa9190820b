// Writes that an instance holds back, and the batches of them that are on their way to the source.
import type { Frames } from '../../kernel/frames.ts'
import { HashIndex } from './eviction/hash-index.ts'

/** Writes of distinct keys, in the order in which the keys were first written; a row of keys, one per population, each. */
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
  private readonly rows: Int32Array
  private readonly index: HashIndex

  /** @param size keys that it has room for */
  constructor(frames: Frames, size: number) {
    this.frames = frames
    this.rows = new Int32Array(size * frames.populations)
    this.index = new HashIndex(size)
  }

  /** Holds the write of a frame; false when one of the same key was there, which it replaces. */
  add(key: number, frame: number): boolean {
    const known = this.index.find(key)
    const place = known < 0 ? this.count : known
    const { populations } = this.frames
    for (let i = 0; i < populations; i++) this.rows[place * populations + i] = this.frames.key(frame, i)
    if (known >= 0) return false
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
}
