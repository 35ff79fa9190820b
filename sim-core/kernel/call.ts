// Calls: a frame starts another one and waits for it.
import { FRAME_PARKED, NONE } from './frames.ts'
import type { Instruction } from './instruction.ts'
import { PARKED } from './instruction.ts'
import { invariant } from './invariant.ts'
import type { Kernel } from './kernel.ts'
import { CAUSE_CANCELLED, CAUSE_IN_FLIGHT_LIMIT, CAUSE_INSTANCE_KILLED } from './outcome.ts'

/** Starts a frame at `entryPc` on behalf of `parent`; false when the bound on frames in flight is reached. */
function startChild(kernel: Kernel, parent: number, entryPc: number): boolean {
  const frames = kernel.frames
  const child = frames.allocate(kernel.clock[0]!)
  if (child < 0) return false
  frames.inherit(child, parent)
  frames.setParent(child, parent)
  frames.setChild(parent, child)
  frames.setState(parent, FRAME_PARKED)
  kernel.resume(child, entryPc)
  return true
}

/** The endpoint of a call that the frame itself carries, in its `target`. */
export const TARGET_ENDPOINT = -1

/** A plain call: one try, no deadline. A failed call fails its caller with the same cause. */
export class Call implements Instruction {
  readonly handler: number
  protected readonly kernel: Kernel
  protected readonly nextPc: number
  private readonly entries: Int32Array
  private readonly endpoint: number

  /**
   * @param entries first instruction of each endpoint
   * @param endpoint which one is called, or TARGET_ENDPOINT
   */
  constructor(kernel: Kernel, nextPc: number, handler: number, entries: Int32Array, endpoint: number) {
    this.kernel = kernel
    this.nextPc = nextPc
    this.handler = handler
    this.entries = entries
    this.endpoint = endpoint
  }

  /** Index of the endpoint that this frame calls. */
  protected endpointOf(frame: number): number {
    return this.endpoint >= 0 ? this.endpoint : this.kernel.frames.target(frame)
  }

  /** Starts the called program; false when the bound on frames in flight is reached. */
  protected startCall(frame: number): boolean {
    return startChild(this.kernel, frame, this.entries[this.endpointOf(frame)]!)
  }

  enter(frame: number): number {
    if (this.startCall(frame)) return PARKED
    return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
  }

  wake(_frame: number): number {
    invariant(false, 'a plain call is woken by nothing')
    return PARKED
  }

  childReturned(frame: number, child: number): number {
    const frames = this.kernel.frames
    frames.setChild(frame, NONE)
    frames.addParts(frame, child)
    const cause = frames.cause(child)
    return cause === 0 ? this.nextPc : this.kernel.fail(frame, cause, this)
  }

  deadline(_frame: number): number {
    return PARKED
  }

  /** The caller stops waiting. A withdrawn caller withdraws its call; one that died leaves it running for nobody. */
  withdraw(frame: number, inService: boolean): boolean {
    const child = this.kernel.frames.child(frame)
    if (child >= 0) {
      this.kernel.orphan(child, inService ? CAUSE_INSTANCE_KILLED : CAUSE_CANCELLED)
      if (!inService) this.kernel.cancel(child)
    }
    return true
  }
}

/**
 * Fork and join: starts a frame per branch and goes on when all have ended. The branch that ends last decides where the
 * time went, since it is the one waited for; the first failure decides the cause.
 */
export class Fork implements Instruction {
  readonly handler: number
  protected readonly kernel: Kernel
  protected readonly nextPc: number
  protected readonly entries: readonly number[]

  /** @param entries first instruction of each branch; each branch ends in EndBranch */
  constructor(kernel: Kernel, nextPc: number, handler: number, entries: readonly number[]) {
    this.kernel = kernel
    this.nextPc = nextPc
    this.handler = handler
    this.entries = entries
    kernel.branches.reserve()
  }

  /** Starts the branches, and answers how many: fewer than there are when the bound on frames in flight is reached. */
  protected startBranches(frame: number): number {
    const { frames, branches } = this.kernel
    let started = 0
    let first = NONE
    for (const entry of this.entries) {
      if (!startChild(this.kernel, frame, entry)) break
      const branch = frames.child(frame)
      frames.setInstance(branch, frames.instance(frame))
      branches.link(branch, first)
      first = branch
      started++
    }
    return started
  }

  enter(frame: number): number {
    const { frames } = this.kernel
    const started = this.startBranches(frame)
    frames.setAttempt(frame, started)
    if (started === this.entries.length) return PARKED
    frames.setCause(frame, CAUSE_IN_FLIGHT_LIMIT)
    return started === 0 ? this.handler : PARKED
  }

  wake(_frame: number): number {
    invariant(false, 'a fork is woken by nothing')
    return PARKED
  }

  childReturned(frame: number, child: number): number {
    const frames = this.kernel.frames
    const left = frames.attempt(frame) - 1
    frames.setAttempt(frame, left)
    this.kernel.branches.unlink(child, frame)
    const cause = frames.cause(child)
    if (cause !== 0 && frames.cause(frame) === 0) frames.setCause(frame, cause)
    if (left > 0) return PARKED
    frames.addParts(frame, child)
    return frames.cause(frame) === 0 ? this.nextPc : this.handler
  }

  deadline(_frame: number): number {
    return PARKED
  }

  /** Branches of a withdrawn frame are withdrawn too; those of one that died go on for nobody. */
  withdraw(frame: number, inService: boolean): boolean {
    const { frames, branches } = this.kernel
    let branch = frames.child(frame)
    while (branch >= 0) {
      const next = branches.next(branch)
      branches.unlink(branch, frame)
      this.kernel.orphan(branch, inService ? CAUSE_INSTANCE_KILLED : CAUSE_CANCELLED)
      if (!inService) this.kernel.cancel(branch)
      branch = next
    }
    return true
  }
}
