// Loads whose result all share who asked meanwhile: single flights of an instance, and loads that the cache does itself.
import { startDetachedFor } from '../../kernel/detached.ts'
import { NONE } from '../../kernel/frames.ts'
import { PARKED } from '../../kernel/instruction.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_IN_FLIGHT_LIMIT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { DeadInstances } from './dead-instances.ts'
import type { ReadCounts } from './read-counts.ts'
import type { LinePlace } from './key-lines.ts'
import { ALL_INSTANCES, goOn, WaitForKey } from './key-lines.ts'
import type { LockTable } from './lock-table.ts'

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

/**
 * Waits for the cache to load the key; who asks first lets it begin, in the background. When the instance dies that loads,
 * the first in line lets the load begin anew, and the rest go on waiting.
 */
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
    const holder = table.holderOf(key)
    if (holder === frame) return this.beginAnew(table, key, frame)
    const begins = holder === NONE
    if (begins) {
      const loader = this.startLoader(key, frame)
      if (loader < 0) return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
      table.acquire(key, loader)
    }
    frames.setAttempt(frame, begins ? BEGAN : JOINED)
    this.lineUp(table, key, frame, !begins)
    return PARKED
  }

  /** An heir of the load goes back to its own instruction, which starts the load in its place. */
  override wake(frame: number): number {
    if (this.tableOf(frame).holderOf(this.access.keyOf(frame)) !== frame) return super.wake(frame)
    this.endWait(frame)
    return this.kernel.frames.pc(frame)
  }

  /** The heir had found the load under way: who began it died with it. The next in line tries when this one cannot. */
  private beginAnew(table: LockTable, key: number, frame: number): number {
    const loader = this.startLoader(key, frame)
    if (loader < 0) {
      handOn(this.kernel, table, key)
      this.counts.miss(key)
      return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
    }
    table.pass(key, loader)
    this.kernel.frames.setAttempt(frame, BEGAN)
    this.lineUp(table, key, frame, false)
    return PARKED
  }

  /** Who begins a load is counted at once. */
  private startLoader(key: number, frame: number): number {
    const { kernel } = this
    const loader = startDetachedFor(kernel, this.loader, frame, kernel.frames.instance(frame))
    if (loader >= 0) this.counts.miss(key)
    return loader
  }
}

/** The load of a key is up to the first in line from now on. */
function handOn(kernel: Kernel, table: LockTable, key: number): void {
  const heir = table.handOver(key)
  if (heir >= 0) goOn(kernel, heir)
}

/**
 * Ends a load: its result goes to all who wait, a failure too, which then goes on to its handler. A load that died with its
 * instance has no result. Its cause does not tell: a call of the load that failed since an instance died elsewhere has the
 * same one.
 */
export class EndLoad extends PlainInstruction {
  private readonly place: LinePlace
  private readonly dead: DeadInstances
  private readonly service: number
  private readonly next: number

  constructor(plan: PlanInstruction, place: LinePlace, dead: DeadInstances) {
    super(plan.handler)
    this.place = place
    this.dead = dead
    this.service = plan.service
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, lines, base } = this.place
    const { frames } = lines.kernel
    const key = access.keyOf(frame)
    const table = lines.tableOf(base, frame)
    const cause = frames.cause(frame)
    if (table.holderOf(key) === frame) {
      if (cause !== 0 && this.diedWith(frame)) handOn(lines.kernel, table, key)
      else this.share(table, key, cause)
    }
    return cause === 0 ? this.next : this.handler
  }

  /** Whether the frame's instance died and left others waiting; in lines of its own who waited died as well. */
  private diedWith(frame: number): boolean {
    const { base, lines } = this.place
    return base === ALL_INSTANCES && this.dead.has(this.service, lines.kernel.frames.instance(frame))
  }

  private share(table: LockTable, key: number, cause: number): void {
    const { kernel } = this.place.lines
    const { frames } = kernel
    let waiting = table.dissolve(key)
    while (waiting >= 0) {
      const following = frames.next(waiting)
      frames.setCause(waiting, cause)
      goOn(kernel, waiting)
      waiting = following
    }
  }
}
