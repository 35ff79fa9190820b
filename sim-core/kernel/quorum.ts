// A fork that goes on when enough of its branches have succeeded.
import { Fork } from './call.ts'
import { PARKED } from './instruction.ts'
import type { Kernel } from './kernel.ts'
import { CAUSE_CANCELLED, CAUSE_IN_FLIGHT_LIMIT } from './outcome.ts'

/** `attempt` holds two numbers: successes still needed in the high bits, failures still bearable in the low ones. */
const NEEDED_SHIFT = 16
const BEARABLE_MASK = 0xffff

/** What a quorum is made from. */
export interface QuorumOptions {
  readonly nextPc: number
  readonly handler: number
  /** First instruction of each branch; each branch ends in EndBranch. */
  readonly entries: readonly number[]
  /** Branches that must succeed. */
  readonly needed: number
  /** Whether the branches that are not needed any more are withdrawn; otherwise they go on for nobody. */
  readonly cancel: boolean
}

/** Waits for `needed` of its branches, or until so many have failed that they can no longer succeed. */
export class Quorum extends Fork {
  private readonly needed: number
  private readonly bearable: number
  private readonly cancelsRest: boolean

  constructor(kernel: Kernel, { nextPc, handler, entries, needed, cancel }: QuorumOptions) {
    super(kernel, nextPc, handler, entries)
    this.needed = needed
    this.bearable = entries.length - needed
    this.cancelsRest = cancel
  }

  override enter(frame: number): number {
    const missing = this.entries.length - this.startBranches(frame)
    const bearable = this.bearable - missing
    if (bearable >= 0) {
      this.kernel.frames.setAttempt(frame, (this.needed << NEEDED_SHIFT) | bearable)
      return PARKED
    }
    this.letGo(frame)
    return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
  }

  override childReturned(frame: number, child: number): number {
    const { frames, branches } = this.kernel
    branches.unlink(child, frame)
    const state = frames.attempt(frame)
    const cause = frames.cause(child)
    const needed = (state >> NEEDED_SHIFT) - (cause === 0 ? 1 : 0)
    const bearable = (state & BEARABLE_MASK) - (cause === 0 ? 0 : 1)
    if (needed > 0 && bearable >= 0) {
      frames.setAttempt(frame, (needed << NEEDED_SHIFT) | bearable)
      return PARKED
    }
    frames.addParts(frame, child)
    this.letGo(frame)
    return needed === 0 ? this.nextPc : this.kernel.fail(frame, cause, this)
  }

  /** The branches still under way matter to nobody. */
  private letGo(frame: number): void {
    const { frames, branches } = this.kernel
    let branch = frames.child(frame)
    while (branch >= 0) {
      const next = branches.next(branch)
      branches.unlink(branch, frame)
      this.kernel.orphan(branch, CAUSE_CANCELLED)
      if (this.cancelsRest) this.kernel.cancel(branch)
      branch = next
    }
  }
}
