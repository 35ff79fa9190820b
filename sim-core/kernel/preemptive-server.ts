// A station by priority at which a more urgent frame interrupts a less urgent one, which resumes later where it stopped.
import { FRAME_DOOMED, FRAME_QUEUED } from './frames.ts'
import type { Kernel } from './kernel.ts'
import { CAUSE_CANCELLED } from './outcome.ts'
import { QueueingServer } from './queueing-server.ts'
import type { StationOptions } from './station.ts'
import type { StationMeter } from './station-meter.ts'
import { roundNs } from './time.ts'
import { PART_SERVICE } from './trace.ts'

/**
 * Pre-emptive resume: nothing of the service already given is lost. Among frames in service the one of least urgency gives
 * way, of those the one that began last. Arriving takes O(servers).
 */
export class PreemptiveServer extends QueueingServer {
  /** Frames in service in the order in which their present service began. */
  private readonly serving: number[] = []

  constructor(kernel: Kernel, meter: StationMeter, options: StationOptions) {
    super(kernel, meter, 'priority', options)
  }

  override arrive(frame: number): boolean {
    const victim = this.busy < this.servers ? -1 : this.leastUrgent(this.kernel.frames.priority(frame))
    if (victim < 0) return super.arrive(frame)
    this.meter.visits++
    this.interrupt(victim)
    this.serve(frame)
    return true
  }

  override complete(frame: number): void {
    this.forget(frame)
    super.complete(frame)
  }

  override leaveService(frame: number): void {
    this.forget(frame)
    super.leaveService(frame)
  }

  override leaveQueue(frame: number): void {
    this.leftNs.delete(frame)
    super.leaveQueue(frame)
  }

  protected override serve(frame: number): void {
    this.serving.push(frame)
    const leftNs = this.leftNs.get(frame)
    super.serve(frame)
    if (leftNs === undefined || this.speed === 0) return
    // It resumes: the whole demand, for which it has just been scheduled, is not what it still needs.
    this.leftNs.delete(frame)
    this.kernel.wakeAt(frame, this.clock[0]! + roundNs(leftNs / this.speed))
  }

  /** The frame to give way to one of `priority`, or -1 when all in service are as urgent. */
  private leastUrgent(priority: number): number {
    const { frames } = this.kernel
    let victim = -1
    let least = priority
    for (const frame of this.serving) {
      const urgency = frames.priority(frame)
      if (urgency >= least && urgency > priority) {
        victim = frame
        least = urgency
      }
    }
    return victim
  }

  /** A frame gives way; one whose caller withdrew it leaves for good. */
  private interrupt(frame: number): void {
    const { frames, kernel } = this
    const nowNs = this.clock[0]!
    if (frames.trace(frame) >= 0) kernel.traceSegment(frame, PART_SERVICE, frames.sinceNs(frame), nowNs)
    const leftNs = this.workLeftNs(frame)
    this.forget(frame)
    frames.setWakeNs(frame, NaN)
    if (frames.state(frame) === FRAME_DOOMED) {
      this.leftNs.delete(frame)
      kernel.resume(frame, kernel.fail(frame, CAUSE_CANCELLED, kernel.instructions[frames.pc(frame)]!))
      return
    }
    this.leftNs.set(frame, leftNs)
    frames.setSinceNs(frame, nowNs)
    frames.setState(frame, FRAME_QUEUED)
    this.meter.changeQueued(1)
    this.queue.pushFront(frame)
  }

  private forget(frame: number): void {
    this.serving.splice(this.serving.indexOf(frame), 1)
  }
}
