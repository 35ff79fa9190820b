// Stampede protection: one read per key runs the steps of its miss, the others wait for what it brings.
import { DeadlineRing } from '../../kernel/deadline-ring.ts'
import { FRAME_QUEUED } from '../../kernel/frames.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_LOCK_TIMEOUT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { PART_LOCK } from '../../kernel/trace.ts'
import type { CacheAccess } from './cache-access.ts'
import { LockTable } from './lock-table.ts'

/** How a lock is waited for. */
export interface LockOptions {
  /** Longest wait in ns. */
  readonly waitNs: number
  readonly onTimeout: 'recompute' | 'fail'
}

/**
 * The locks of one cache. They reach as far as the slowest tier that accepts the key's population: one table for all where that is shared, one for each
 * instance where it is not, since instances that share nothing cannot wait for one another's values.
 */
export class CacheLocks {
  readonly recomputes: boolean
  readonly deadlines: DeadlineRing
  waits = 0
  timeouts = 0
  private readonly kernel: Kernel
  private readonly tables: (LockTable | undefined)[] = []

  constructor(kernel: Kernel, { waitNs, onTimeout }: LockOptions) {
    this.kernel = kernel
    this.recomputes = onTimeout === 'recompute'
    this.deadlines = new DeadlineRing(kernel, waitNs)
  }

  /** The table with the lock that this frame needs. */
  tableOf(access: CacheAccess, frame: number): LockTable {
    const last = access.tiers.length - 1
    const scope = access.tiers[last]!.isShared ? 0 : access.ownPart(last, frame)
    return this.tables[scope] ?? this.createTable(scope)
  }

  private createTable(scope: number): LockTable {
    while (this.tables.length <= scope) this.tables.push(undefined)
    const table = new LockTable(this.kernel.frames)
    this.tables[scope] = table
    return table
  }
}

/**
 * Takes the lock of the key, or waits for who holds it. The wait ends when the value is there, and the read goes back to
 * the slowest tier; when the holder failed to bring it, and the lock is now this frame's; or when it took too long.
 */
export class AcquireLock implements Instruction {
  readonly handler: number
  private readonly kernel: Kernel
  private readonly access: CacheAccess
  private readonly locks: CacheLocks
  private readonly compute: number
  private readonly recheck: number

  constructor(plan: PlanInstruction, access: CacheAccess, locks: CacheLocks) {
    this.handler = plan.handler
    this.kernel = access.kernel
    this.access = access
    this.locks = locks
    this.compute = plan.next
    this.recheck = plan.targets['recheck']!
  }

  enter(frame: number): number {
    const { frames, clock } = this.kernel
    const key = this.access.keyOf(frame)
    const table = this.locks.tableOf(this.access, frame)
    if (table.acquire(key, frame)) return this.compute
    table.wait(key, frame)
    frames.setSinceNs(frame, clock[0]!)
    frames.setState(frame, FRAME_QUEUED)
    this.locks.waits++
    this.locks.deadlines.set(frame)
    return PARKED
  }

  /** Called by who gives the lock back. */
  wake(frame: number): number {
    this.endWait(frame)
    const holder = this.locks.tableOf(this.access, frame).holderOf(this.access.keyOf(frame))
    return holder === frame ? this.compute : this.recheck
  }

  childReturned(): number {
    invariant(false, 'a call returned to a frame that waits for a lock')
    return PARKED
  }

  deadline(frame: number): number {
    this.withdraw(frame)
    this.locks.timeouts++
    return this.locks.recomputes ? this.compute : this.kernel.fail(frame, CAUSE_LOCK_TIMEOUT, this)
  }

  withdraw(frame: number): boolean {
    this.locks.tableOf(this.access, frame).leave(this.access.keyOf(frame), frame)
    this.endWait(frame)
    return true
  }

  /** Counts the wait and voids its deadline. */
  private endWait(frame: number): void {
    const { frames, clock } = this.kernel
    const sinceNs = frames.sinceNs(frame)
    frames.addLockNs(frame, clock[0]! - sinceNs)
    frames.setSerial(frame, frames.serial(frame) + 1)
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_LOCK, sinceNs, clock[0]!)
  }
}

/** Gives the lock back, if the frame has it; runs on the way out of a failure too, which then goes on to its handler. */
export class ReleaseLock extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly access: CacheAccess
  private readonly locks: CacheLocks
  private readonly next: number

  constructor(plan: PlanInstruction, access: CacheAccess, locks: CacheLocks) {
    super(plan.handler)
    this.kernel = access.kernel
    this.access = access
    this.locks = locks
    this.next = plan.next
  }

  enter(frame: number): number {
    const key = this.access.keyOf(frame)
    const table = this.locks.tableOf(this.access, frame)
    if (table.holderOf(key) === frame) this.release(table, key, frame)
    return this.kernel.frames.cause(frame) === 0 ? this.next : this.handler
  }

  /** Lets all who wait go on when the value is there; else the first of them computes it. */
  private release(table: LockTable, key: number, frame: number): void {
    const { kernel, access } = this
    const last = access.tiers.length - 1
    if (!access.tiers[last]!.holds(key, access.partOf(last, key, frame), kernel.clock[0]!)) {
      const heir = table.handOver(key)
      if (heir >= 0) this.goOn(heir)
      return
    }
    let waiting = table.dissolve(key)
    while (waiting >= 0) {
      const following = kernel.frames.next(waiting)
      this.goOn(waiting)
      waiting = following
    }
  }

  /** Whoever waits may do so in another step of the scenario, so its own instruction says where it goes on. */
  private goOn(frame: number): void {
    const { instructions, frames } = this.kernel
    this.kernel.resume(frame, instructions[frames.pc(frame)]!.wake(frame))
  }
}
