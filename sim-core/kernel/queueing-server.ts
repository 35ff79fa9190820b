// A station of c servers with one queue: first come first served, last come, or by priority, pre-emptive or not.
import { PRIORITY_COMPLETION } from './event-queue.ts'
import { FRAME_PARKED, FRAME_QUEUED } from './frames.ts'
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
  protected readonly meter: StationMeter
  protected readonly queue: WaitQueue
  protected busy = 0
  protected speed = 1
  protected readonly servers: number
  private readonly capacity: number
  private readonly patience: Patience | undefined

  constructor(kernel: Kernel, meter: StationMeter, order: QueueOrder, options: StationOptions) {
    invariant(options.servers >= 1, 'a station needs a server')
    this.kernel = kernel
    this.meter = meter
    this.queue = new WaitQueue(kernel.frames, order)
    this.servers = options.servers
    this.capacity = options.capacity
    this.patience = options.patience
  }

  arrive(frame: number, workNs: number): boolean {
    const meter = this.meter
    const nowNs = this.kernel.clock[0]!
    meter.visits++
    this.kernel.frames.workNs[frame] = workNs
    if (this.busy < this.servers) {
      this.busy++
      meter.advance(nowNs)
      meter.busy++
      this.serve(frame, workNs)
      return true
    }
    if (this.queue.length >= this.capacity) {
      meter.rejected++
      return false
    }
    this.enqueue(frame, nowNs)
    if (this.patience !== undefined) this.giveUpAt(frame, nowNs + roundNs(this.patience.next()))
    return true
  }

  complete(frame: number): void {
    const { frames, clock } = this.kernel
    if (frames.trace[frame]! >= 0) this.kernel.traceSegment(frame, PART_SERVICE, frames.sinceNs[frame]!, clock[0]!)
    this.meter.completed++
    this.freeServer()
  }

  leaveQueue(frame: number): void {
    const nowNs = this.kernel.clock[0]!
    this.dequeue(frame, nowNs)
    this.queue.remove(frame)
    this.meter.abandoned++
  }

  leaveService(_frame: number): void {
    this.freeServer()
  }

  setSpeed(speed: number): void {
    invariant(speed >= 0 && speed < Infinity, 'a speed is 0 or more')
    const nowNs = this.kernel.clock[0]!
    const { wakeNs, workNs } = this.kernel.frames
    for (const frame of framesInService(this.kernel, this)) {
      const leftNs = this.speed > 0 ? (wakeNs[frame]! - nowNs) * this.speed : workNs[frame]!
      workNs[frame] = leftNs
      wakeNs[frame] = speed > 0 ? nowNs + roundNs(leftNs / speed) : NaN
      if (speed > 0) this.kernel.events.push(wakeNs[frame]!, PRIORITY_COMPLETION, frame)
    }
    this.speed = speed
  }

  /** Gives the freed server to who is next, or leaves it idle. */
  protected freeServer(): void {
    const nowNs = this.kernel.clock[0]!
    const next = this.queue.pop()
    if (next < 0) {
      this.busy--
      this.meter.advance(nowNs)
      this.meter.busy--
      return
    }
    this.endWait(next, nowNs)
    this.serve(next, this.kernel.frames.workNs[next]!)
  }

  /** Puts a frame into service for `workNs`. */
  protected serve(frame: number, workNs: number): void {
    const kernel = this.kernel
    const nowNs = kernel.clock[0]!
    kernel.frames.sinceNs[frame] = nowNs
    if (this.speed === 1) {
      kernel.wakeAt(frame, nowNs + workNs)
      return
    }
    kernel.frames.workNs[frame] = workNs
    if (this.speed > 0) kernel.wakeAt(frame, nowNs + roundNs(workNs / this.speed))
    else {
      kernel.frames.wakeNs[frame] = NaN
      kernel.frames.state[frame] = FRAME_PARKED
    }
  }

  /** Lines a frame up; its demand must be in its `workNs` already. */
  protected enqueue(frame: number, nowNs: number): void {
    const frames = this.kernel.frames
    frames.sinceNs[frame] = nowNs
    frames.state[frame] = FRAME_QUEUED
    this.meter.advance(nowNs)
    this.meter.queued++
    this.queue.push(frame)
  }

  protected endWait(frame: number, nowNs: number): void {
    this.meter.recordWait(this.dequeue(frame, nowNs))
  }

  private dequeue(frame: number, nowNs: number): number {
    const frames = this.kernel.frames
    const waitNs = nowNs - frames.sinceNs[frame]!
    frames.queueNs[frame] = frames.queueNs[frame]! + waitNs
    if (frames.trace[frame]! >= 0) this.kernel.traceSegment(frame, PART_QUEUE, frames.sinceNs[frame]!, nowNs)
    this.meter.advance(nowNs)
    this.meter.queued--
    return waitNs
  }

  private giveUpAt(frame: number, atNs: number): void {
    this.kernel.frames.wakeNs[frame] = atNs
    this.kernel.events.push(atNs, PRIORITY_COMPLETION, frame)
  }
}
