// Request collapsing: of the fetches of one key at one cache, one goes on, and the others wait for what it brings.
import { FRAME_QUEUED } from '../../kernel/frames.ts'
import { PARKED } from '../../kernel/instruction.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { PART_LOCK } from '../../kernel/trace.ts'
import { LockTable } from '../cache/lock-table.ts'
import type { Delivery } from './delivery.ts'
import { ObjectInstruction } from './object-instruction.ts'

/** The fetches under way of every cache of a network: one table each, made when it is first asked for. */
export class CollapsedFetches {
  private readonly delivery: Delivery
  private readonly tables: (LockTable | undefined)[] = []

  constructor(delivery: Delivery) {
    this.delivery = delivery
  }

  /** The fetches under way at the cache in which a frame looks. */
  tableOf(frame: number, isAtShield: boolean): LockTable {
    const index = this.delivery.cacheIndex(frame, isAtShield)
    return this.tables[index] ?? this.createTable(index)
  }

  private createTable(index: number): LockTable {
    while (this.tables.length <= index) this.tables.push(undefined)
    const table = new LockTable(this.delivery.frames)
    this.tables[index] = table
    return table
  }
}

/**
 * Goes on for the key, or waits for who does. The wait ends when the object is there, which is then an answer of this
 * cache whether it keeps the object or not; or when the other failed to bring it, and it is now this frame's turn.
 */
export class JoinFetch extends ObjectInstruction {
  private readonly fetches: CollapsedFetches
  private readonly found: number

  constructor(plan: PlanInstruction, delivery: Delivery, fetches: CollapsedFetches) {
    super(plan, delivery)
    this.fetches = fetches
    this.found = plan.targets['found']!
  }

  enter(frame: number): number {
    const { frames, clock } = this.delivery
    const table = this.fetches.tableOf(frame, this.isAtShield)
    const key = this.keyOf(frame)
    if (table.acquire(key, frame)) return this.next
    table.wait(key, frame)
    frames.setSinceNs(frame, clock[0]!)
    frames.setState(frame, FRAME_QUEUED)
    this.delivery.collapsed++
    return PARKED
  }

  /** Called by who went on. */
  override wake(frame: number): number {
    const { delivery, isAtShield } = this
    this.endWait(frame)
    if (this.fetches.tableOf(frame, isAtShield).holderOf(this.keyOf(frame)) === frame) return this.next
    delivery.caches[delivery.cacheIndex(frame, isAtShield)]!.hits++
    return this.found
  }

  override withdraw(frame: number): boolean {
    this.fetches.tableOf(frame, this.isAtShield).leave(this.keyOf(frame), frame)
    this.endWait(frame)
    return true
  }

  private endWait(frame: number): void {
    const { kernel, frames, clock } = this.delivery
    const sinceNs = frames.sinceNs(frame)
    frames.addLockNs(frame, clock[0]! - sinceNs)
    if (frames.trace(frame) >= 0) kernel.traceSegment(frame, PART_LOCK, sinceNs, clock[0]!)
  }
}

/** Ends the fetch of a key: all who wait have the object, or, if it failed, the first of them goes on in its place. */
export class LeaveFetch extends ObjectInstruction {
  private readonly fetches: CollapsedFetches

  constructor(plan: PlanInstruction, delivery: Delivery, fetches: CollapsedFetches) {
    super(plan, delivery)
    this.fetches = fetches
  }

  enter(frame: number): number {
    const { delivery } = this
    const { frames, rows } = delivery
    const table = this.fetches.tableOf(frame, this.isAtShield)
    const key = this.keyOf(frame)
    if (frames.cause(frame) !== 0) {
      const heir = table.handOver(key)
      if (heir >= 0) this.resume(heir)
      return this.handler
    }
    let waiting = table.dissolve(key)
    while (waiting >= 0) {
      const following = frames.next(waiting)
      rows.copyObject(frame, waiting)
      this.resume(waiting)
      waiting = following
    }
    return this.next
  }

  /** Whoever waits may do so in another step of the scenario, so its own instruction says where it goes on. */
  private resume(frame: number): void {
    const { kernel, frames } = this.delivery
    kernel.resume(frame, kernel.instructions[frames.pc(frame)]!.wake(frame))
  }
}
