// Loads whose result all share who asked meanwhile: single flights of an instance, and loads that the cache does itself.
import { startDetachedFor } from '../../kernel/detached.ts'
import { NONE } from '../../kernel/frames.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_IN_FLIGHT_LIMIT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { ReadCounts } from './read-counts.ts'
import type { LinePlace } from './key-lines.ts'
import { goOn, WaitForKey } from './key-lines.ts'

/** How a frame came to wait, as noted in its `attempt`: it began the load itself, or found it under way. */
const BEGAN = 1
const JOINED = 0

/** What joins a load and what begins one have in common: its result is theirs, be it a failure. */
abstract class AwaitLoad extends WaitForKey {
  protected readonly counts: ReadCounts
  private readonly next: number

  constructor(plan: PlanInstruction, place: LinePlace, counts: ReadCounts, next: number) {
    super(plan.handler, place)
    this.counts = counts
    this.next = next
  }

  /** Who began the load was counted then. */
  override wake(frame: number): number {
    const { frames } = this.kernel
    this.endWait(frame)
    const failed = frames.cause(frame) !== 0
    if (frames.attempt(frame) === JOINED) {
      const key = this.access.keyOf(frame)
      if (failed) this.counts.miss(key)
      else this.counts.hit(key)
    }
    return failed ? this.handler : this.next
  }

  override deadline(): number {
    return PARKED
  }
}

/**
 * Runs the steps of its miss, or takes the result of who is at it.
 *
 * Source: The Go Authors, "singleflight", golang.org/x/sync, 2013, Group.Do.
 * Differs from the source: a caller that gives up, or dies, fails alone; a leader that does so fails all.
 */
export class JoinFlight extends AwaitLoad {
  private readonly compute: number

  constructor(plan: PlanInstruction, place: LinePlace, counts: ReadCounts) {
    super(plan, place, counts, plan.targets['done']!)
    this.compute = plan.next
  }

  override enter(frame: number): number {
    const key = this.access.keyOf(frame)
    const table = this.tableOf(frame)
    if (table.acquire(key, frame)) return this.compute
    this.kernel.frames.setAttempt(frame, JOINED)
    this.lineUp(table, key, frame)
    return PARKED
  }
}

/** Waits for the cache to load the key; who asks first lets it begin, in the background. */
export class AskForLoad extends AwaitLoad {
  private readonly loader: number

  constructor(plan: PlanInstruction, place: LinePlace, counts: ReadCounts) {
    super(plan, place, counts, plan.next)
    this.loader = plan.targets['loader']!
  }

  override enter(frame: number): number {
    const { frames } = this.kernel
    const key = this.access.keyOf(frame)
    const table = this.tableOf(frame)
    const begins = table.holderOf(key) === NONE
    if (begins) {
      const loader = startDetachedFor(this.kernel, this.loader, frame, frames.instance(frame))
      if (loader < 0) return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
      this.counts.miss(key)
      table.acquire(key, loader)
    }
    frames.setAttempt(frame, begins ? BEGAN : JOINED)
    this.lineUp(table, key, frame, begins)
    return PARKED
  }
}

/** Ends a load: its result goes to all who wait, a failure too, which then goes on to its handler. */
export class EndLoad extends PlainInstruction {
  private readonly place: LinePlace
  private readonly next: number

  constructor(plan: PlanInstruction, place: LinePlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, lines, base } = this.place
    const { kernel } = lines
    const { frames } = kernel
    const key = access.keyOf(frame)
    const table = lines.tableOf(base, frame)
    const cause = frames.cause(frame)
    if (table.holderOf(key) === frame) {
      let waiting = table.dissolve(key)
      while (waiting >= 0) {
        const following = frames.next(waiting)
        frames.setCause(waiting, cause)
        goOn(kernel, waiting)
        waiting = following
      }
    }
    return cause === 0 ? this.next : this.handler
  }
}
