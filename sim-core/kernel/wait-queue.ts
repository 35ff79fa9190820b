// The line in front of a station: frames in arrival order, last come first, or by priority, with constant-time leaving.
import type { Frames } from './frames.ts'
import { NONE } from './frames.ts'

/** In which order waiting frames are served. Preemption is a matter of the station, not of the line. */
export type QueueOrder = 'fifo' | 'lifo' | 'priority'

const NOBODY = NONE

/** Priorities 0 (first) to 15. */
const PRIORITY_LEVELS = 16

/**
 * Frames linked through their own columns, one list per priority level that is used (one in all unless by priority).
 * Every operation takes constant time.
 */
export class WaitQueue {
  length = 0
  private readonly frames: Frames
  private readonly order: QueueOrder
  private readonly heads: Int32Array
  private readonly tails: Int32Array

  constructor(frames: Frames, order: QueueOrder) {
    this.frames = frames
    this.order = order
    const lists = order === 'priority' ? PRIORITY_LEVELS : 1
    this.heads = new Int32Array(lists).fill(NONE)
    this.tails = new Int32Array(lists).fill(NONE)
  }

  /** Lines a frame up. */
  push(frame: number): void {
    if (this.order === 'lifo') this.pushFront(frame)
    else this.pushBack(frame)
  }

  /** Takes the frame that is next, or NONE. */
  pop(): number {
    return this.heads.length === 1 ? this.popFirst(0) : this.popMostUrgent()
  }

  private popMostUrgent(): number {
    for (let list = 0; list < this.heads.length; list++) {
      if (this.heads[list]! >= 0) return this.popFirst(list)
    }
    return NOBODY
  }

  private popFirst(list: number): number {
    const { frames, heads } = this
    const frame = heads[list]!
    if (frame < 0) return NOBODY
    const after = frames.next(frame)
    heads[list] = after
    if (after >= 0) frames.setPrevious(after, NOBODY)
    else this.tails[list] = NOBODY
    this.length--
    return frame
  }

  /** Puts a frame first in its list, where a pre-empted frame waits to resume. */
  pushFront(frame: number): void {
    const { frames } = this
    const list = this.listOf(frame)
    const head = this.heads[list]!
    frames.setNext(frame, head)
    frames.setPrevious(frame, NOBODY)
    if (head >= 0) frames.setPrevious(head, frame)
    else this.tails[list] = frame
    this.heads[list] = frame
    this.length++
  }

  /** Takes a frame out from wherever it stands. */
  remove(frame: number): void {
    const { frames } = this
    const list = this.listOf(frame)
    const after = frames.next(frame)
    const before = frames.previous(frame)
    if (before >= 0) frames.setNext(before, after)
    else this.heads[list] = after
    if (after >= 0) frames.setPrevious(after, before)
    else this.tails[list] = before
    this.length--
  }

  private pushBack(frame: number): void {
    const { frames } = this
    const list = this.listOf(frame)
    const tail = this.tails[list]!
    frames.setNext(frame, NOBODY)
    frames.setPrevious(frame, tail)
    if (tail >= 0) frames.setNext(tail, frame)
    else this.heads[list] = frame
    this.tails[list] = frame
    this.length++
  }

  private listOf(frame: number): number {
    return this.order === 'priority' ? this.frames.priority(frame) : 0
  }
}
