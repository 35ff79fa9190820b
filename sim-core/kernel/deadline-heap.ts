// Deadlines of any length: a heap of their own, with one event at a time for the next of them.
import { PRIORITY_ARRIVAL } from './event-queue.ts'
import type { Actor } from './instruction.ts'
import type { Kernel } from './kernel.ts'

/**
 * Deadlines that end in another order than they begin, such as those handed on by callers. Setting one takes O(log n), and
 * is cheap to give up: it is void as soon as the frame's serial moves on. Those of one constant length belong in a
 * DeadlineRing.
 */
export class DeadlineHeap implements Actor {
  private readonly kernel: Kernel
  private readonly payload: number
  private dueNs = new Float64Array(256)
  /** Numbers deadlines as they come, so that of two at one instant the first set is the first due. */
  private orders = new Float64Array(256)
  private frames = new Int32Array(256)
  private serials = new Int32Array(256)
  private size = 0
  private order = 0
  private armedNs = Infinity

  constructor(kernel: Kernel) {
    this.kernel = kernel
    this.payload = kernel.addActor(this)
  }

  /** Sets a deadline of a frame's present try; an instant that has passed is due at once. */
  set(frame: number, dueNs: number): void {
    if (this.size === this.frames.length) this.grow()
    const at = this.size++
    this.dueNs[at] = Math.max(dueNs, this.kernel.clock[0]!)
    this.orders[at] = this.order++
    this.frames[at] = frame
    this.serials[at] = this.kernel.frames.serial(frame)
    this.rise(at)
    if (this.dueNs[0]! < this.armedNs) this.arm()
  }

  fire(): void {
    const nowNs = this.kernel.clock[0]!
    // An event for a later deadline that an earlier one has overtaken.
    if (nowNs < this.armedNs) return
    this.armedNs = Infinity
    const { frames } = this.kernel
    while (this.size > 0) {
      const frame = this.frames[0]!
      const serial = this.serials[0]!
      const live = frames.serial(frame) === serial
      if (live && this.dueNs[0]! > nowNs) break
      this.removeFirst()
      if (live) this.kernel.deadlineOf(frame, serial)
    }
    if (this.size > 0 && this.dueNs[0]! < this.armedNs) this.arm()
  }

  private arm(): void {
    this.armedNs = this.dueNs[0]!
    this.kernel.schedule(this.armedNs, PRIORITY_ARRIVAL, this.payload)
  }

  private removeFirst(): void {
    const last = --this.size
    this.move(last, 0)
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) return
      if (child + 1 < last && this.isBefore(child + 1, child)) child++
      if (!this.isBefore(child, at)) return
      this.swap(child, at)
      at = child
    }
  }

  private rise(from: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.isBefore(at, parent)) return
      this.swap(at, parent)
      at = parent
    }
  }

  private isBefore(a: number, b: number): boolean {
    const difference = this.dueNs[a]! - this.dueNs[b]!
    return difference < 0 || (difference === 0 && this.orders[a]! < this.orders[b]!)
  }

  private swap(a: number, b: number): void {
    const { dueNs, orders, frames, serials } = this
    const due = dueNs[a]!
    const order = orders[a]!
    const frame = frames[a]!
    const serial = serials[a]!
    this.move(b, a)
    dueNs[b] = due
    orders[b] = order
    frames[b] = frame
    serials[b] = serial
  }

  private move(from: number, to: number): void {
    this.dueNs[to] = this.dueNs[from]!
    this.orders[to] = this.orders[from]!
    this.frames[to] = this.frames[from]!
    this.serials[to] = this.serials[from]!
  }

  private grow(): void {
    const size = this.frames.length * 2
    const { dueNs, orders, frames, serials } = this
    this.dueNs = new Float64Array(size)
    this.orders = new Float64Array(size)
    this.frames = new Int32Array(size)
    this.serials = new Int32Array(size)
    this.dueNs.set(dueNs)
    this.orders.set(orders)
    this.frames.set(frames)
    this.serials.set(serials)
  }
}
