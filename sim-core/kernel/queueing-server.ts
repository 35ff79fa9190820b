// A station of c servers with one queue: first come first served, last come, or by priority, pre-emptive or not.
import { PRIORITY_COMPLETION } from './event-queue.ts'
import type { Frames } from './frames.ts'
import { FRAME_PARKED } from './frames.ts'
import { invariant } from './invariant.ts'
import type { Kernel } from './kernel.ts'
import { PART_QUEUE, PART_SERVICE } from './trace.ts'
import type { Patience, Station, StationOptions } from './station.ts'
import { framesInService } from './station.ts'
import type { StationMeter } from './station-meter.ts'
import { roundNs } from './time.ts'
import type { QueueOrder } from './wait-queue.ts'
import { WaitQueue } from './wait-queue.ts'

/**
 * The G/G/c station of queueing theory with waiting places, patience and a speed. Service is not interrupted; see
 * PreemptiveServer for that. Arriving and completing take constant time and one event.
 */
export class QueueingServer implements Station {
  protected readonly kernel: Kernel
  protected readonly frames: Frames
  protected readonly clock: Float64Array
  protected readonly meter: StationMeter
  protected readonly queue: WaitQueue
  protected busy = 0
  protected speed = 1
  protected readonly servers: number
  /** Work left, in whole ns, of frames whose service stands still: interrupted, or frozen with the station. */
  protected readonly leftNs = new Map<number, number>()
  private readonly capacity: number
  private readonly patience: Patience | undefined

  constructor(kernel: Kernel, meter: StationMeter, order: QueueOrder, options: StationOptions) {
    invariant(options.servers >= 1, 'a station needs a server')
    this.kernel = kernel
    this.frames = kernel.frames
    this.clock = kernel.clock
    this.meter = meter
    this.queue = new WaitQueue(kernel.frames, order)
    this.servers = options.servers
    this.capacity = options.capacity
    this.patience = options.patience
  }

  arrive(frame: number): boolean {
    const meter = this.meter
    meter.visits++
    if (this.busy < this.servers) {
      this.busy++
      meter.changeBusy(1)
      this.serve(frame)
      return true
    }
    if (this.queue.length >= this.capacity) {
      meter.rejected++
      return false
    }
    this.enqueue(frame)
    if (this.patience !== undefined) this.giveUpAt(frame, this.clock[0]! + roundNs(this.patience.next()))
    return true
  }

  complete(frame: number): void {
    const { frames, clock } = this
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_SERVICE, frames.sinceNs(frame), clock[0]!)
    this.meter.completed++
    this.freeServer()
  }

  leaveQueue(frame: number): void {
    this.dequeue(frame)
    this.queue.remove(frame)
    this.meter.abandoned++
  }

  leaveService(frame: number): void {
    this.leftNs.delete(frame)
    this.freeServer()
  }

  setSpeed(speed: number): void {
    invariant(speed >= 0 && speed < Infinity, 'a speed is 0 or more')
    const nowNs = this.clock[0]!
    const { frames } = this
    const { events } = this.kernel
    for (const frame of framesInService(this.kernel, this, this.busy)) {
      const leftNs = this.workLeftNs(frame)
      this.leftNs.delete(frame)
      if (speed > 0) {
        const endNs = nowNs + roundNs(leftNs / speed)
        frames.setWakeNs(frame, endNs)
        events.push(endNs, PRIORITY_COMPLETION, frame)
      } else {
        frames.setWakeNs(frame, NaN)
        this.leftNs.set(frame, leftNs)
      }
    }
    this.speed = speed
  }

  /** Whole ns of work that a frame in service still needs; `workNs` stays the whole demand. */
  protected workLeftNs(frame: number): number {
    const { frames } = this
    if (this.speed > 0) return roundNs((frames.wakeNs(frame) - this.clock[0]!) * this.speed)
    return this.leftNs.get(frame) ?? frames.workNs(frame)
  }

  /** Gives the freed server to who is next, or leaves it idle. */
  protected freeServer(): void {
    const next = this.queue.pop()
    if (next < 0) {
      this.busy--
      this.meter.changeBusy(-1)
      return
    }
    const { frames } = this
    if (frames.trace(next) >= 0) this.traceWait(next)
    this.meter.waitEnded(frames, next)
    this.serve(next)
  }

  /** Puts a frame into service for its `workNs`. */
  protected serve(frame: number): void {
    if (this.speed === 1) this.kernel.parkForWork(frame)
    else this.serveAtSpeed(frame)
  }

  private serveAtSpeed(frame: number): void {
    const { frames } = this
    const nowNs = this.clock[0]!
    frames.setSinceNs(frame, nowNs)
    if (this.speed > 0) {
      this.kernel.wakeAt(frame, nowNs + roundNs(frames.workNs(frame) / this.speed))
      return
    }
    frames.setWakeNs(frame, NaN)
    frames.setState(frame, FRAME_PARKED)
  }

  /** Lines a frame up; its demand must be in its `workNs` already. */
  protected enqueue(frame: number): void {
    const { frames } = this
    frames.queueUp(frame, this.clock)
    this.meter.changeQueued(1)
    this.queue.push(frame)
  }

  private dequeue(frame: number): void {
    const { frames } = this
    frames.addQueueNs(frame, this.clock[0]! - frames.sinceNs(frame))
    if (frames.trace(frame) >= 0) this.traceWait(frame)
    this.meter.changeQueued(-1)
  }

  private traceWait(frame: number): void {
    this.kernel.traceSegment(frame, PART_QUEUE, this.frames.sinceNs(frame), this.clock[0]!)
  }

  private giveUpAt(frame: number, atNs: number): void {
    this.frames.setWakeNs(frame, atNs)
    this.kernel.events.push(atNs, PRIORITY_COMPLETION, frame)
  }
}
