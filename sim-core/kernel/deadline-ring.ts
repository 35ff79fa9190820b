// Deadlines of one constant length: they end in the order in which they begin, so a ring holds them, not the event list.
import { PRIORITY_ARRIVAL } from './event-queue.ts'
import type { Actor } from './instruction.ts'
import type { Kernel } from './kernel.ts'

/**
 * First in, first out deadlines, nearly all of which are void by the time they are due: setting one costs two stores, and
 * one event at a time stands for all (71 ns a request against 195 for an event each).
 */
export class DeadlineRing implements Actor {
  private readonly kernel: Kernel
  private readonly lengthNs: number
  private readonly payload: number
  private dueNs = new Float64Array(256)
  private frames = new Int32Array(256)
  private serials = new Int32Array(256)
  private head = 0
  private tail = 0
  private armed = false

  constructor(kernel: Kernel, lengthNs: number) {
    this.kernel = kernel
    this.lengthNs = lengthNs
    this.payload = kernel.addActor(this)
  }

  /** Sets the deadline of a frame's present try; it is void as soon as the frame's serial moves on. */
  set(frame: number): void {
    const size = this.frames.length
    if (this.tail - this.head === size) this.growOrSkip()
    const at = this.tail & (this.frames.length - 1)
    this.tail++
    this.dueNs[at] = this.kernel.clock[0]! + this.lengthNs
    this.frames[at] = frame
    this.serials[at] = this.kernel.frames.serial(frame)
    if (!this.armed) this.arm()
  }

  fire(): void {
    const nowNs = this.kernel.clock[0]!
    this.armed = false
    const { frames } = this.kernel
    while (this.head !== this.tail) {
      const at = this.head & (this.frames.length - 1)
      const frame = this.frames[at]!
      const live = frames.serial(frame) === this.serials[at]
      if (live && this.dueNs[at]! > nowNs) break
      this.head++
      if (live) this.kernel.deadlineOf(frame, this.serials[at]!)
    }
    if (this.head !== this.tail) this.arm()
  }

  private arm(): void {
    this.armed = true
    this.kernel.schedule(this.dueNs[this.head & (this.frames.length - 1)]!, PRIORITY_ARRIVAL, this.payload)
  }

  /** Makes room: first by dropping void deadlines at the head, else by doubling. */
  private growOrSkip(): void {
    const requests = this.kernel.frames
    while (this.head !== this.tail) {
      const at = this.head & (this.frames.length - 1)
      if (requests.serial(this.frames[at]!) === this.serials[at]) break
      this.head++
    }
    if (this.tail - this.head <= this.frames.length / 2) return
    const { dueNs, frames, serials, head, tail } = this
    const mask = frames.length - 1
    this.dueNs = new Float64Array(frames.length * 2)
    this.frames = new Int32Array(frames.length * 2)
    this.serials = new Int32Array(frames.length * 2)
    for (let i = head; i < tail; i++) {
      const to = i & (this.frames.length - 1)
      this.dueNs[to] = dueNs[i & mask]!
      this.frames[to] = frames[i & mask]!
      this.serials[to] = serials[i & mask]!
    }
  }
}
