// Instructions that let simulated time pass: in the network, or in something outside the model.
import type { Frames } from './frames.ts'
import type { Kernel } from './kernel.ts'
import { PlainInstruction } from './kernel.ts'
import { PARKED } from './instruction.ts'
import { PART_NETWORK, PART_SERVICE } from './trace.ts'

/** PARKED as this module's own, which is folded into the code. */
const WAITS = PARKED

/** Draws durations in ns. */
export interface DurationSampler {
  next(): number
  /** Writes the next duration into `into[at]`, rounded to whole ns and at least 0. */
  drawNs(into: Float64Array, at: number): void
}

/** Waits for a drawn time. A withdrawn frame leaves at once; a failing one goes on to its handler afterwards. */
export class Delay extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly frames: Frames
  private readonly nextPc: number
  private readonly duration: DurationSampler
  private readonly network: boolean

  /** @param network the time counts as network; else as service */
  constructor(kernel: Kernel, nextPc: number, handler: number, duration: DurationSampler, network: boolean) {
    super(handler)
    this.kernel = kernel
    this.frames = kernel.frames
    this.nextPc = nextPc
    this.duration = duration
    this.network = network
  }

  enter(frame: number): number {
    const { kernel, frames } = this
    this.duration.drawNs(frames.doubles, frames.workSlot(frame))
    if (this.network) frames.addNetworkNs(frame, frames.workNs(frame))
    kernel.parkForWork(frame)
    return WAITS
  }

  override wake(frame: number): number {
    const { frames, clock } = this.kernel
    if (frames.trace(frame) >= 0) {
      const part = this.network ? PART_NETWORK : PART_SERVICE
      this.kernel.traceSegment(frame, part, frames.sinceNs(frame), clock[0]!)
    }
    return frames.cause(frame) === 0 ? this.nextPc : this.handler
  }

  override withdraw(frame: number): boolean {
    const { frames, clock } = this.kernel
    // The part counted the whole delay in advance.
    if (this.network) frames.addNetworkNs(frame, clock[0]! - frames.wakeNs(frame))
    frames.setWakeNs(frame, NaN)
    return true
  }
}
