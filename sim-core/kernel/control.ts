// Instructions that only steer: branches, loops, failures, ends of forked branches.
import type { RandomStream } from './random.ts'
import type { Kernel } from './kernel.ts'
import { PlainInstruction } from './kernel.ts'
import { PARKED } from './instruction.ts'
import { CAUSES_MAX } from './outcome.ts'

/** Goes to one of several places with given probabilities. */
export class Branch extends PlainInstruction {
  private readonly cumulative: Float64Array
  private readonly places: readonly number[]
  private readonly stream: RandomStream

  /** @param shares probability of each place; what is missing to 1 goes to the last */
  constructor(handler: number, places: readonly number[], shares: readonly number[], stream: RandomStream) {
    super(handler)
    let sum = 0
    this.cumulative = Float64Array.from(shares, (share) => (sum += share))
    this.places = places
    this.stream = stream
  }

  enter(_frame: number): number {
    const u = this.stream.nextUnit()
    const last = this.places.length - 1
    for (let i = 0; i < last; i++) if (u < this.cumulative[i]!) return this.places[i]!
    return this.places[last]!
  }
}

/** Fails a share of the frames with a cause. */
export class Fail extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly nextPc: number
  private readonly share: number
  private readonly cause: number
  private readonly stream: RandomStream

  constructor(kernel: Kernel, nextPc: number, handler: number, share: number, cause: number, stream: RandomStream) {
    super(handler)
    this.kernel = kernel
    this.nextPc = nextPc
    this.share = share
    this.cause = cause
    this.stream = stream
  }

  enter(frame: number): number {
    if (this.share < 1 && this.stream.nextUnit() >= this.share) return this.nextPc
    return this.kernel.fail(frame, this.cause, this)
  }
}

/** Goes on at a fixed place. */
export class Jump extends PlainInstruction {
  private readonly place: number

  constructor(handler: number, place: number) {
    super(handler)
    this.place = place
  }

  enter(_frame: number): number {
    return this.place
  }
}

/** Ends a forked branch, failed or not: its parent is told. */
export class EndBranch extends PlainInstruction {
  private readonly kernel: Kernel

  constructor(kernel: Kernel, handler: number) {
    super(handler)
    this.kernel = kernel
  }

  enter(frame: number): number {
    this.kernel.returnTo(this.kernel.frames.parent(frame), frame)
    return PARKED
  }
}

/** Where a failure of steps with a fallback arrives: of the causes it is for, nothing is left; others go on to the next handler. */
export class Recover extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly nextPc: number
  /** [cause] = 1 where the fallback is for it. */
  private readonly covers: Uint8Array

  constructor(kernel: Kernel, nextPc: number, handler: number, causes: readonly number[]) {
    super(handler)
    this.kernel = kernel
    this.nextPc = nextPc
    this.covers = new Uint8Array(CAUSES_MAX)
    for (const cause of causes) this.covers[cause] = 1
  }

  enter(frame: number): number {
    const { frames } = this.kernel
    if (this.covers[frames.cause(frame)] === 0) return this.handler
    frames.setCause(frame, 0)
    return this.nextPc
  }
}

/** End of a clean-up that success runs through as well: a failure goes on to the next handler. */
export class Rethrow extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly nextPc: number

  constructor(kernel: Kernel, nextPc: number, handler: number) {
    super(handler)
    this.kernel = kernel
    this.nextPc = nextPc
  }

  enter(frame: number): number {
    return this.kernel.frames.cause(frame) === 0 ? this.nextPc : this.handler
  }
}
