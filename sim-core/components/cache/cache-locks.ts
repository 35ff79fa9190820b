// Locks per key: one read runs the steps of its miss, the others wait for what it brings and look again.
import { DeadlineRing } from '../../kernel/deadline-ring.ts'
import { PARKED } from '../../kernel/instruction.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_LOCK_TIMEOUT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { CacheAccess } from './cache-access.ts'
import type { LinePlace } from './key-lines.ts'
import { goOn, KeyLines, WaitForKey } from './key-lines.ts'
import type { LockTable } from './lock-table.ts'
import type { ReadCounts } from './read-counts.ts'
import type { StampedeSpec } from './strategy.schema.ts'

type LockOptions = Extract<StampedeSpec, { readonly kind: 'lock' }>

/**
 * The locks of one cache. Unless told otherwise they reach as far as the slowest tier that accepts the key's population: one
 * table for all where that is shared, one for each instance where it is not, since instances that share nothing cannot wait
 * for one another's values.
 */
export class CacheLocks extends KeyLines {
  readonly recomputes: boolean
  readonly deadlines: DeadlineRing
  timeouts = 0

  /** Whether every instance has locks of its own; absent where that depends on the tiers. */
  readonly isLocal: boolean | undefined

  constructor(kernel: Kernel, { waitNs, onTimeout, scope }: LockOptions) {
    super(kernel)
    this.isLocal = scope && scope === 'local'
    this.recomputes = onTimeout === 'recompute'
    this.deadlines = new DeadlineRing(kernel, waitNs)
  }
}

/** Where the instructions of locks stand. */
export interface LockPlace extends LinePlace {
  readonly lines: CacheLocks
}

/**
 * Takes the lock of the key, or waits for who holds it. The wait ends when the value is there, and the read goes back to
 * the slowest tier; when the holder failed to bring it, and the lock is now this frame's; or when it took too long.
 */
export class AcquireLock extends WaitForKey {
  private readonly locks: CacheLocks
  private readonly counts: ReadCounts
  private readonly compute: number
  private readonly recheck: number

  constructor(plan: PlanInstruction, place: LockPlace, counts: ReadCounts) {
    super(plan.handler, place)
    this.locks = place.lines
    this.counts = counts
    this.compute = plan.next
    this.recheck = plan.targets['recheck']!
  }

  override enter(frame: number): number {
    const key = this.access.keyOf(frame)
    const table = this.tableOf(frame)
    if (table.acquire(key, frame)) return this.compute
    this.lineUp(table, key, frame)
    this.locks.deadlines.set(frame)
    return PARKED
  }

  override wake(frame: number): number {
    this.endWait(frame)
    return this.tableOf(frame).holderOf(this.access.keyOf(frame)) === frame ? this.compute : this.recheck
  }

  override deadline(frame: number): number {
    this.withdraw(frame)
    this.locks.timeouts++
    if (this.locks.recomputes) return this.compute
    // The steps of the miss would have counted it; it ends without them.
    this.counts.miss(this.access.keyOf(frame))
    return this.kernel.fail(frame, CAUSE_LOCK_TIMEOUT, this)
  }
}

/** Gives the lock back, if the frame has it; runs on the way out of a failure too, which then goes on to its handler. */
export class ReleaseLock extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly access: CacheAccess
  private readonly locks: CacheLocks
  private readonly base: number
  private readonly next: number

  constructor(plan: PlanInstruction, { access, lines, base }: LockPlace) {
    super(plan.handler)
    this.kernel = access.kernel
    this.access = access
    this.locks = lines
    this.base = base
    this.next = plan.next
  }

  enter(frame: number): number {
    const key = this.access.keyOf(frame)
    const table = this.locks.tableOf(this.base, frame)
    if (table.holderOf(key) === frame) this.release(table, key, frame)
    return this.kernel.frames.cause(frame) === 0 ? this.next : this.handler
  }

  /** Lets all who wait go on when the value is there; else the first of them computes it. */
  private release(table: LockTable, key: number, frame: number): void {
    const { kernel, access } = this
    const last = access.tiers.length - 1
    if (!access.tiers[last]!.holds(key, access.partOf(last, key, frame), kernel.clock[0]!)) {
      const heir = table.handOver(key)
      if (heir >= 0) goOn(kernel, heir)
      return
    }
    let waiting = table.dissolve(key)
    while (waiting >= 0) {
      const following = kernel.frames.next(waiting)
      goOn(kernel, waiting)
      waiting = following
    }
  }
}
