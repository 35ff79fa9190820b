/** Small programs on a bare kernel: instructions by hand, frames started at instants, and how each ended. */
import { PRIORITY_ARRIVAL, PRIORITY_CONTROL } from '../../../sim-core/kernel/event-queue.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import type { Instruction } from '../../../sim-core/kernel/instruction.ts'
import { PARKED } from '../../../sim-core/kernel/instruction.ts'
import { Kernel, PlainInstruction } from '../../../sim-core/kernel/kernel.ts'
import { BUILT_IN_CAUSES } from '../../../sim-core/kernel/outcome.ts'
import { Timer } from '../../../sim-core/kernel/timer.ts'

/** How a frame without a caller ended. */
export interface Ending {
  readonly frame: number
  readonly startNs: number
  readonly endNs: number
  readonly cause: string
  readonly queueNs: number
  readonly networkNs: number
  readonly retryNs: number
}

/** A kernel with the instructions of a test. */
export class ProgramRig {
  readonly kernel: Kernel
  readonly endings: Ending[] = []

  /** @param make the instructions by place; `end` ends a frame */
  constructor(make: (kernel: Kernel, end: (handler: number) => Instruction) => readonly Instruction[], capacity = 100) {
    this.kernel = new Kernel(new Frames(capacity, 1))
    this.kernel.instructions.push(...make(this.kernel, (handler) => this.end(handler)))
  }

  start(atNs: number, pc: number): void {
    this.at(atNs, PRIORITY_ARRIVAL, () => {
      const frame = this.kernel.frames.allocate(atNs)
      this.kernel.resume(frame, pc)
    })
  }

  cancelAt(atNs: number, frame: number): void {
    this.at(atNs, PRIORITY_CONTROL, () => this.kernel.cancel(frame))
  }

  at(atNs: number, priority: number, action: () => void): void {
    new Timer(this.kernel, priority, action).set(atNs)
  }

  run(): readonly Ending[] {
    while (this.kernel.step(100));
    return this.endings
  }

  private end(handler: number): Instruction {
    const { kernel, endings } = this
    return new (class extends PlainInstruction {
      enter(frame: number): number {
        const { frames } = kernel
        const parent = frames.parent(frame)
        endings.push({
          frame,
          startNs: frames.startNs(frame),
          endNs: kernel.nowNs,
          cause: BUILT_IN_CAUSES[frames.cause(frame)]!,
          queueNs: frames.queueNs(frame),
          networkNs: frames.networkNs(frame),
          retryNs: frames.retryNs(frame),
        })
        kernel.returnTo(parent, frame)
        return PARKED
      }
    })(handler)
  }
}
