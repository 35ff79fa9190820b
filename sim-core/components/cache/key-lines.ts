// Who works on which key at present, and who waits for that: one line per key, for all instances or for each of its own.
import { FRAME_QUEUED } from '../../kernel/frames.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PART_LOCK } from '../../kernel/trace.ts'
import type { CacheAccess } from './cache-access.ts'
import { LockTable } from './lock-table.ts'

/** In place of the table of a service's instance 0: all instances stand in the same lines. */
export const ALL_INSTANCES = -1

/** The keys that somebody works on, each with the line of those who wait. */
export class KeyLines {
  readonly kernel: Kernel
  /** Frames that ever waited for what another one had begun. */
  waits = 0
  /** That of all instances first, then those of each one alone. */
  private readonly tables: (LockTable | undefined)[] = []
  /** Table of each service's instance 0, by component index. */
  private readonly bases = new Map<number, number>()
  private instances = 0

  constructor(kernel: Kernel) {
    this.kernel = kernel
  }

  /** Makes a service known before the run starts; answers the table of its instance 0. */
  addService(service: number, instances: number): number {
    const known = this.bases.get(service)
    if (known !== undefined) return known
    const base = this.instances
    this.bases.set(service, base)
    this.instances += instances
    return base
  }

  /** The table with the line that a frame would stand in; `base` is that of its service's instance 0, or ALL_INSTANCES. */
  tableOf(base: number, frame: number): LockTable {
    const scope = base === ALL_INSTANCES ? 0 : 1 + base + this.kernel.frames.instance(frame)
    return this.tables[scope] ?? this.createTable(scope)
  }

  private createTable(scope: number): LockTable {
    while (this.tables.length <= scope) this.tables.push(undefined)
    const table = new LockTable(this.kernel.frames)
    this.tables[scope] = table
    return table
  }
}

/** What instructions at the lines of one service have in common. */
export interface LinePlace {
  readonly access: CacheAccess
  readonly lines: KeyLines
  /** Table of the service's instance 0, or ALL_INSTANCES. */
  readonly base: number
}

/** An instruction at which frames wait for a key; the time counts as waiting for a lock. */
export abstract class WaitForKey implements Instruction {
  readonly handler: number
  protected readonly kernel: Kernel
  protected readonly access: CacheAccess
  protected readonly lines: KeyLines
  private readonly base: number

  constructor(handler: number, { access, lines, base }: LinePlace) {
    this.handler = handler
    this.kernel = lines.kernel
    this.access = access
    this.lines = lines
    this.base = base
  }

  abstract enter(frame: number): number

  /** Called by who worked on the key. */
  abstract wake(frame: number): number

  abstract deadline(frame: number): number

  childReturned(): number {
    invariant(false, 'a call returned to a frame that waits for a key')
    return PARKED
  }

  withdraw(frame: number): boolean {
    this.tableOf(frame).leave(this.access.keyOf(frame), frame)
    this.endWait(frame)
    return true
  }

  protected tableOf(frame: number): LockTable {
    return this.lines.tableOf(this.base, frame)
  }

  /** The frame waits for who works on the key; counted, once a frame, where another one had begun that. */
  protected lineUp(table: LockTable, key: number, frame: number, isCounted = true): void {
    const { frames, clock } = this.kernel
    table.wait(key, frame)
    frames.setSinceNs(frame, clock[0]!)
    frames.setState(frame, FRAME_QUEUED)
    if (isCounted) this.lines.waits++
  }

  /** Counts the wait and voids its deadline. */
  protected endWait(frame: number): void {
    const { frames, clock } = this.kernel
    const sinceNs = frames.sinceNs(frame)
    frames.addLockNs(frame, clock[0]! - sinceNs)
    frames.setSerial(frame, frames.serial(frame) + 1)
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_LOCK, sinceNs, clock[0]!)
  }
}

/** Lets a frame go on that waited. It may do so in another step of the scenario, so its own instruction says where. */
export function goOn(kernel: Kernel, frame: number): void {
  const { instructions, frames } = kernel
  kernel.resume(frame, instructions[frames.pc(frame)]!.wake(frame))
}
