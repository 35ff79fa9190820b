// What every station offers to the instruction that uses it, and that instruction.
import type { Frames } from './frames.ts'
import { FRAME_QUEUED } from './frames.ts'
import type { Instruction } from './instruction.ts'
import { PARKED } from './instruction.ts'
import { invariant } from './invariant.ts'
import type { Kernel } from './kernel.ts'
import { CAUSE_ABANDONED_QUEUE, CAUSE_REJECTED } from './outcome.ts'

/** PARKED as this module's own, which is folded into the code. */
const WAITS = PARKED

/** How long a frame is willing to wait in a queue: draws in ns. */
export interface Patience {
  next(): number
}

/** How a station's queue behaves. */
export interface StationOptions {
  /** Servers that work side by side, 1 or more. */
  readonly servers: number
  /** Waiting places; Infinity when any number may wait. */
  readonly capacity: number
  /** Absent when nobody ever gives up waiting. */
  readonly patience?: Patience | undefined
}

/** Something that serves frames, some at a time, each for its own amount of work. */
export interface Station {
  /** Takes a frame in, its service demand being in its `workNs`: into service or the queue. False when the queue is full. */
  arrive(frame: number): boolean
  /** The service of a frame has ended: it leaves, who is next is served. */
  complete(frame: number): void
  /** A queued frame leaves unserved. */
  leaveQueue(frame: number): void
  /** A frame leaves in the middle of its service, which is lost. */
  leaveService(frame: number): void
  /** Serves at `speed` times its nominal rate from now on; 0 stands still, and what is in service resumes later. */
  setSpeed(speed: number): void
}

/** Uses a station for a drawn demand: `enter` to queue or be served, `wake` when service or patience ends. */
export abstract class UseStation implements Instruction {
  readonly handler: number
  protected readonly kernel: Kernel
  protected readonly frames: Frames
  private readonly nextPc: number

  constructor(kernel: Kernel, nextPc: number, handler: number) {
    this.kernel = kernel
    this.frames = kernel.frames
    this.nextPc = nextPc
    this.handler = handler
  }

  /** The station that this frame uses. */
  abstract stationOf(frame: number): Station
  /** Sets the frame's `workNs`, its service demand in whole ns. */
  protected abstract drawWork(frame: number): void

  enter(frame: number): number {
    this.drawWork(frame)
    if (this.stationOf(frame).arrive(frame)) return WAITS
    return this.kernel.fail(frame, CAUSE_REJECTED, this)
  }

  wake(frame: number): number {
    const station = this.stationOf(frame)
    if (this.frames.isQueued(frame)) {
      station.leaveQueue(frame)
      return this.kernel.fail(frame, CAUSE_ABANDONED_QUEUE, this)
    }
    station.complete(frame)
    this.served(frame)
    return this.nextPc
  }

  /** The frame has been served whole; for whoever wants to count its work. */
  protected served(_frame: number): void {
    // Most stations count nothing beyond their meter.
  }

  childReturned(): number {
    invariant(false, 'a call returned to a frame that uses a station')
    return PARKED
  }

  deadline(): number {
    return PARKED
  }

  withdraw(frame: number, inService: boolean): boolean {
    const queued = this.frames.state(frame) === FRAME_QUEUED
    if (queued) this.stationOf(frame).leaveQueue(frame)
    else if (inService) this.stationOf(frame).leaveService(frame)
    else return false
    return true
  }
}

/** The `busy` frames in service at a station, by looking at all until they are found: for faults, which are rare. */
export function framesInService(kernel: Kernel, station: Station, busy: number): number[] {
  const { frames, instructions } = kernel
  const found: number[] = []
  for (let frame = 0; found.length < busy && frame < frames.highWater; frame++) {
    const state = frames.state(frame)
    if (state < 2 || state === FRAME_QUEUED) continue
    const instruction = instructions[frames.pc(frame)]
    if (instruction instanceof UseStation && instruction.stationOf(frame) === station) found.push(frame)
  }
  return found
}
