// A station by priority at which a more urgent frame interrupts a less urgent one, which resumes later where it stopped.
import { FRAME_QUEUED } from './frames.ts'
import type { Kernel } from './kernel.ts'
import { QueueingServer } from './queueing-server.ts'
import type { StationOptions } from './station.ts'
import type { StationMeter } from './station-meter.ts'

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

  protected override serve(frame: number): void {
    this.serving.push(frame)
    super.serve(frame)
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

  private interrupt(frame: number): void {
    const { frames, clock } = this.kernel
    this.forget(frame)
    if (this.speed > 0) frames.setWorkNs(frame, (frames.wakeNs(frame) - clock[0]!) * this.speed)
    frames.setWakeNs(frame, NaN)
    frames.setSinceNs(frame, clock[0]!)
    frames.setState(frame, FRAME_QUEUED)
    this.meter.changeQueued(1)
    this.queue.pushFront(frame)
  }

  private forget(frame: number): void {
    this.serving.splice(this.serving.indexOf(frame), 1)
  }
}
