// Takes who is next from a queue, leaving out those that are not worth serving any more.

import { NONE } from '../frames.ts'
import type { Kernel } from '../kernel.ts'
import { CAUSE_EXPIRED, CAUSE_SHED } from '../outcome.ts'
import type { StationMeter } from '../station-meter.ts'
import { PART_QUEUE } from '../trace.ts'
import type { WaitQueue } from '../wait-queue.ts'
import type { QueueShedder } from './queue-shedder.ts'
import type { QueueShedderConfig } from './queue-shedder-registry.ts'
import { createQueueShedder } from './queue-shedder-registry.ts'

/** How a queue sheds load. */
export interface SheddingOptions {
  /** What becomes of a request whose caller's deadline has passed when it is next. */
  readonly expired?: 'serve' | 'drop' | undefined
  readonly shed?: QueueShedderConfig | undefined
}

/** Sheds the load of one queue. */
export class QueueShedding {
  private readonly kernel: Kernel
  private readonly meter: StationMeter
  private readonly dropsExpired: boolean
  private readonly manager: QueueShedder | undefined

  constructor(kernel: Kernel, meter: StationMeter, options: SheddingOptions) {
    this.kernel = kernel
    this.meter = meter
    this.dropsExpired = options.expired === 'drop'
    this.manager = options.shed && createQueueShedder(options.shed)
    if (this.dropsExpired) kernel.frames.keepDeadlines()
  }

  /** The frame to be served, taken out of the queue, or NONE. Frames before it that are dropped fail. */
  next(queue: WaitQueue): number {
    const { frames, clock } = this.kernel
    const nowNs = clock[0]!
    let isFirst = true
    for (;;) {
      const frame = queue.pop()
      if (frame < 0) return NONE
      if (this.dropsExpired && frames.deadlineNs(frame) <= nowNs) this.drop(frame, CAUSE_EXPIRED)
      else if (this.manager?.drops(nowNs, nowNs - frames.sinceNs(frame), queue.length === 0, isFirst) === true) {
        this.drop(frame, CAUSE_SHED)
        isFirst = false
      } else return frame
    }
  }

  private drop(frame: number, cause: number): void {
    const { kernel, meter } = this
    const { frames, clock } = kernel
    frames.addQueueNs(frame, clock[0]! - frames.sinceNs(frame))
    if (frames.trace(frame) >= 0) kernel.traceSegment(frame, PART_QUEUE, frames.sinceNs(frame), clock[0]!)
    meter.changeQueued(-1)
    meter.abandoned++
    kernel.resume(frame, kernel.fail(frame, cause, kernel.instructions[frames.pc(frame)]!))
  }
}

/** The shedding that options ask for, or undefined for none. */
export function queueShedding(
  kernel: Kernel,
  meter: StationMeter,
  options: SheddingOptions,
): QueueShedding | undefined {
  if (options.expired !== 'drop' && options.shed === undefined) return undefined
  return new QueueShedding(kernel, meter, options)
}
