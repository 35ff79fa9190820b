// A counted resource that frames hold over several instructions: worker slots, pooled connections.
import { PRIORITY_COMPLETION } from './event-queue.ts'
import { FRAME_ACTIVE, FRAME_QUEUED, NONE, ORPHAN } from './frames.ts'
import type { Instruction } from './instruction.ts'
import { PARKED } from './instruction.ts'
import { invariant } from './invariant.ts'
import { PlainInstruction, type Kernel } from './kernel.ts'
import { CAUSE_REJECTED, isRefusal } from './outcome.ts'
import type { ConcurrencyConfig } from './shedding/concurrency-registry.ts'
import { createConcurrencyLimit } from './shedding/concurrency-registry.ts'
import type { ConcurrencyLimit } from './shedding/concurrency-limit.ts'
import type { QueueShedding, SheddingOptions } from './shedding/queue-shedding.ts'
import { queueShedding } from './shedding/queue-shedding.ts'
import type { Patience, StationOptions } from './station.ts'
import type { StationMeter } from './station-meter.ts'
import { roundNs } from './time.ts'
import { PART_QUEUE } from './trace.ts'
import type { QueueOrder } from './wait-queue.ts'
import { WaitQueue } from './wait-queue.ts'

/** How slots are given out. */
export interface SlotOptions extends StationOptions, SheddingOptions {
  /** Finds out how many of the slots are given out at the same time; all of them when absent. */
  readonly adapt?: ConcurrencyConfig | undefined
}

/** Slots with one queue; a released slot goes to who is next at the same instant. */
export class Slots {
  private readonly kernel: Kernel
  private readonly meter: StationMeter
  private readonly queue: WaitQueue
  /** How many slots may be held at present. */
  limit: number
  private readonly slots: number
  private readonly capacity: number
  private readonly patience: Patience | undefined
  private readonly shedding: QueueShedding | undefined
  private readonly adaptive: ConcurrencyLimit | undefined
  /** Whether it wants to know how frames fared. */
  readonly adapts: boolean
  private held = 0

  constructor(kernel: Kernel, meter: StationMeter, order: QueueOrder, options: SlotOptions) {
    this.kernel = kernel
    this.meter = meter
    this.queue = new WaitQueue(kernel.frames, order)
    this.slots = options.servers
    this.capacity = options.capacity
    this.patience = options.patience
    this.shedding = queueShedding(kernel, meter, options)
    this.adaptive = options.adapt && createConcurrencyLimit(options.adapt)
    this.adapts = this.adaptive !== undefined
    this.limit = Math.min(this.slots, this.adaptive?.limit ?? Infinity)
  }

  /** A free slot is taken at once. */
  take(): boolean {
    this.meter.visits++
    if (this.held >= this.limit) return false
    this.held++
    this.meter.changeBusy(1)
    return true
  }

  /** Lines the frame up for a slot; false when the queue is full. */
  enqueue(frame: number): boolean {
    if (this.queue.length >= this.capacity) {
      this.meter.rejected++
      return false
    }
    const { frames, clock, events } = this.kernel
    const nowNs = clock[0]!
    frames.setSinceNs(frame, nowNs)
    frames.setState(frame, FRAME_QUEUED)
    this.meter.changeQueued(1)
    this.queue.push(frame)
    if (this.patience !== undefined) {
      const atNs = nowNs + roundNs(this.patience.next())
      frames.setWakeNs(frame, atNs)
      events.push(atNs, PRIORITY_COMPLETION, frame)
    }
    return true
  }

  /** A queued frame leaves without a slot. */
  leaveQueue(frame: number): void {
    const { frames, clock } = this.kernel
    frames.addQueueNs(frame, clock[0]! - frames.sinceNs(frame))
    if (frames.trace(frame) >= 0) this.traceWait(frame)
    this.meter.changeQueued(-1)
    this.queue.remove(frame)
    this.meter.abandoned++
  }

  /** Gives a slot back; the next frame in line, woken as active, goes on with it. */
  release(): void {
    this.meter.completed++
    const next = this.adaptive === undefined ? this.next() : this.nextWithinLimit()
    if (next >= 0) {
      this.give(next)
      return
    }
    invariant(this.held > 0, 'a slot is released that nobody holds')
    this.held--
    this.meter.changeBusy(-1)
  }

  /**
   * Tells an adaptive limit how a frame fared, before its slot is released.
   * @param sinceNs when it was let in, or asked to be
   * @param dropped whether it was refused further down, or given up
   */
  observe(sinceNs: number, dropped: boolean): void {
    if (this.adaptive === undefined) return
    const nowNs = this.kernel.clock[0]!
    this.adaptive.onEnd(nowNs, nowNs - sinceNs, this.held, dropped)
    this.limit = Math.min(this.slots, this.adaptive.limit)
  }

  /** Who takes over a slot under a limit that may have changed; what it has grown by is handed out as well. */
  private nextWithinLimit(): number {
    if (this.held > this.limit) return NONE
    while (this.held < this.limit) {
      const next = this.next()
      if (next < 0) return NONE
      this.held++
      this.meter.changeBusy(1)
      this.give(next)
    }
    return this.next()
  }

  private next(): number {
    return this.shedding === undefined ? this.queue.pop() : this.shedding.next(this.queue)
  }

  private give(next: number): void {
    const { frames, instructions } = this.kernel
    if (frames.trace(next) >= 0) this.traceWait(next)
    this.meter.waitEnded(frames, next)
    frames.setState(next, FRAME_ACTIVE)
    // Its patience, if it had any, is of no matter any more.
    frames.setWakeNs(next, NaN)
    const pc = instructions[frames.pc(next)]!.wake(next)
    if (pc !== PARKED) this.kernel.resume(next, pc)
  }

  private traceWait(frame: number): void {
    const { frames, clock } = this.kernel
    this.kernel.traceSegment(frame, PART_QUEUE, frames.sinceNs(frame), clock[0]!)
  }
}

/** Takes a slot, waiting for it if need be. */
export abstract class AcquireSlot implements Instruction {
  readonly handler: number
  protected readonly kernel: Kernel
  private readonly nextPc: number
  private readonly patienceCause: number

  /** @param patienceCause cause of failure when the patience ends before a slot is free */
  constructor(kernel: Kernel, nextPc: number, handler: number, patienceCause: number) {
    this.kernel = kernel
    this.nextPc = nextPc
    this.handler = handler
    this.patienceCause = patienceCause
  }

  /** The slots that this frame takes one of. */
  protected abstract slotsOf(frame: number): Slots

  enter(frame: number): number {
    const slots = this.slotsOf(frame)
    if (slots.take()) return this.nextPc
    return slots.enqueue(frame) ? PARKED : this.kernel.fail(frame, CAUSE_REJECTED, this)
  }

  wake(frame: number): number {
    if (this.kernel.frames.state(frame) === FRAME_ACTIVE) return this.nextPc
    this.slotsOf(frame).leaveQueue(frame)
    return this.kernel.fail(frame, this.patienceCause, this)
  }

  childReturned(): number {
    invariant(false, 'a call returned to a frame that waits for a slot')
    return PARKED
  }

  deadline(): number {
    return PARKED
  }

  withdraw(frame: number): boolean {
    this.slotsOf(frame).leaveQueue(frame)
    return true
  }
}

/** Gives a slot back; runs on the way out of a failure too, which then goes on to its handler. */
export abstract class ReleaseSlot extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly nextPc: number

  constructor(kernel: Kernel, nextPc: number, handler: number) {
    super(handler)
    this.kernel = kernel
    this.nextPc = nextPc
  }

  protected abstract slotsOf(frame: number): Slots

  enter(frame: number): number {
    const slots = this.slotsOf(frame)
    const { frames } = this.kernel
    if (slots.adapts)
      slots.observe(frames.startNs(frame), frames.parent(frame) === ORPHAN || isRefusal(frames.cause(frame)))
    slots.release()
    return frames.cause(frame) === 0 ? this.nextPc : this.handler
  }
}
