// Writing behind: instances gather writes, and a program in the background stores a batch of them key by key.
import { startDetached } from '../../kernel/detached.ts'
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_IN_FLIGHT_LIMIT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { Timer } from '../../kernel/timer.ts'
import type { CacheAccess } from './cache-access.ts'
import type { SourceVersions } from './source-versions.ts'
import { WriteBatch } from './write-buffer.ts'

/** What is counted of writing behind. */
export class WriteBehindCounts {
  /** Writes that another one of the same batch replaced. */
  coalesced = 0
  /** Keys whose new value never reached the source. */
  lost = 0
  /** Keys that are held back, or on their way. */
  held = 0
}

/** How long and how many writes are held back. */
export interface WriteBehindOptions {
  readonly batch: number
  readonly flushNs: number
}

/** What one instance holds back of one step of the scenario. */
interface Buffer {
  readonly instance: number
  readonly timer: Timer
  batch: WriteBatch
}

/** The writes held back of one step of the scenario. */
export class WriteBehind {
  readonly counts: WriteBehindCounts
  /** Batches on their way, by the frame that stores them. */
  readonly running = new Map<number, WriteBatch>()
  private readonly kernel: Kernel
  private readonly options: WriteBehindOptions
  private readonly service: number
  private readonly program: number
  private readonly buffers: (Buffer | undefined)[] = []
  private readonly free: WriteBatch[] = []

  /** @param program first instruction of the program that stores a batch */
  constructor(
    kernel: Kernel,
    options: WriteBehindOptions,
    counts: WriteBehindCounts,
    { service, program }: { readonly service: number; readonly program: number },
  ) {
    this.kernel = kernel
    this.options = options
    this.counts = counts
    this.service = service
    this.program = program
  }

  /** Holds a frame's write back; false where it cannot, since a full batch could not be sent off. */
  hold(key: number, frame: number): boolean {
    const instance = this.kernel.frames.instance(frame)
    const buffer = this.buffers[instance] ?? this.createBuffer(instance)
    if (buffer.batch.count === this.options.batch && !this.flush(buffer)) return false
    const isFirst = buffer.batch.count === 0
    if (buffer.batch.add(key, frame)) this.counts.held++
    else this.counts.coalesced++
    if (buffer.batch.count === this.options.batch && this.flush(buffer)) return true
    // The first write may fill the batch and yet find no room to send it off: the timer tries again, then, too.
    if (isFirst) buffer.timer.set(this.kernel.clock[0]! + this.options.flushNs)
    return true
  }

  /** An instance is gone: what it held is lost when it died, and stored while it shuts down otherwise. */
  instanceEnded(service: number, instance: number, died: boolean): void {
    if (service !== this.service) return
    if (died) this.doom(instance)
    const buffer = this.buffers[instance]
    if (buffer === undefined || buffer.batch.count === 0) return
    if (!died && this.flush(buffer)) return
    this.lose(buffer.batch.count)
    buffer.timer.clear()
    buffer.batch.clear()
  }

  /** So many keys will never be stored. */
  lose(keys: number): void {
    this.counts.lost += keys
    this.counts.held -= keys
  }

  /** A batch is done with. */
  release(frame: number, batch: WriteBatch): void {
    this.running.delete(frame)
    batch.clear()
    this.free.push(batch)
  }

  /** The batches that this instance stores will not go on. */
  private doom(instance: number): void {
    for (const [frame, batch] of this.running) {
      if (this.kernel.frames.instance(frame) === instance) batch.isDoomed = true
    }
  }

  private createBuffer(instance: number): Buffer {
    const buffer: Buffer = {
      instance,
      timer: new Timer(this.kernel, PRIORITY_CONTROL, (nowNs) => {
        if (!this.flush(buffer)) buffer.timer.set(nowNs + this.options.flushNs)
      }),
      batch: this.takeBatch(),
    }
    while (this.buffers.length <= instance) this.buffers.push(undefined)
    this.buffers[instance] = buffer
    return buffer
  }

  /** Sends the batch off; false when the bound on frames in flight is reached. */
  private flush(buffer: Buffer): boolean {
    const frame = startDetached(this.kernel, this.program, buffer.instance)
    if (frame < 0) return false
    this.running.set(frame, buffer.batch)
    buffer.batch.handTo(frame)
    buffer.timer.clear()
    buffer.batch = this.takeBatch()
    return true
  }

  private takeBatch(): WriteBatch {
    return this.free.pop() ?? new WriteBatch(this.kernel.frames)
  }
}

/** The write is held back. */
export class HoldWrite extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly behind: WriteBehind
  private readonly next: number

  constructor(plan: PlanInstruction, access: CacheAccess, behind: WriteBehind) {
    super(plan.handler)
    this.access = access
    this.behind = behind
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, behind } = this
    if (behind.hold(access.keyOf(frame), frame)) return this.next
    return access.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
  }
}

/** What the instructions of a program that stores a batch are made from. */
export interface BatchPlace {
  readonly access: CacheAccess
  readonly behind: WriteBehind
  readonly versions: SourceVersions
}

/** The program takes up the next key of its batch, or ends. What is read now is what will be stored. */
export class NextWrite extends PlainInstruction {
  private readonly place: BatchPlace
  private readonly next: number
  private readonly end: number

  constructor(plan: PlanInstruction, place: BatchPlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
    this.end = plan.targets['end']!
  }

  enter(frame: number): number {
    const { access, behind, versions } = this.place
    const batch = behind.running.get(frame)!
    if (batch.done === batch.count) {
      behind.release(frame, batch)
      return this.end
    }
    batch.handTo(frame)
    batch.version = versions.latestOf(access.keyOf(frame))
    return this.next
  }
}

/**
 * The steps that store one key have ended. A write that failed is lost, and the program goes on with the next; with the
 * instance all that it still had is lost. The cause does not tell the two apart: a call that failed since an instance died
 * elsewhere has the same one.
 */
export class EndWrite extends PlainInstruction {
  private readonly place: BatchPlace
  private readonly again: number

  constructor(plan: PlanInstruction, place: BatchPlace) {
    super(plan.handler)
    this.place = place
    this.again = plan.targets['again']!
  }

  enter(frame: number): number {
    const { access, behind, versions } = this.place
    const { frames } = access.kernel
    const batch = behind.running.get(frame)!
    if (batch.isDoomed) {
      behind.lose(batch.count - batch.done)
      behind.release(frame, batch)
      return this.handler
    }
    batch.done++
    if (frames.cause(frame) === 0) {
      versions.store(access.keyOf(frame), batch.version)
      behind.counts.held--
    } else {
      frames.setCause(frame, 0)
      behind.lose(1)
    }
    return this.again
  }
}
