// Warming that takes time: programs in the background load the most popular keys by the steps of their misses.
import { startDetached } from '../../kernel/detached.ts'
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { Timer } from '../../kernel/timer.ts'
import type { ModelContext } from '../../model/model.ts'
import type { CacheAccess } from './cache-access.ts'
import { DeadInstances } from './dead-instances.ts'

/** The keys of one population to be loaded. */
interface WarmJob {
  readonly service: number
  readonly program: number
  /** Whether every instance has tiers of its own to warm. */
  readonly isPerInstance: boolean
  /** Keys to load: those of rank 0 to `count` - 1. */
  readonly count: number
  /** Next rank of each instance, or of all together. */
  readonly nextRanks: number[]
}

/** The warming of one cache. */
export class WarmLoad {
  /** Keys loaded. */
  warmed = 0
  private readonly context: ModelContext
  /** How many keys are loaded at the same time, by each instance that has tiers of its own, or by all together. */
  private readonly atOnce: number
  private readonly jobs = new Map<number, WarmJob>()
  /** Instances that are there when the run starts, by service. */
  private readonly instances = new Map<number, number[]>()
  /** Those that have died since. One that comes back does not warm again. */
  private readonly dead = new DeadInstances()

  constructor(context: ModelContext, atOnce: number) {
    this.context = context
    this.atOnce = atOnce
  }

  /** Makes the keys of a population known, and the program that loads them. */
  addJob(access: CacheAccess, program: number, service: number, count: number): void {
    const isPerInstance = access.tiers.some(({ isShared }) => !isShared)
    this.jobs.set(program, { service, program, isPerInstance, count, nextRanks: [] })
  }

  /** Begins with the first event, when all instances are there that begin with the run. */
  start(): void {
    new Timer(this.context.kernel, PRIORITY_CONTROL, () => {
      for (const job of this.jobs.values()) this.begin(job)
    }).set(0)
  }

  /** An instance is there when the run begins. */
  addInstance(service: number, instance: number): void {
    const known = this.instances.get(service)
    if (known === undefined) this.instances.set(service, [instance])
    else known.push(instance)
  }

  /** An instance died, and its programs with it. */
  instanceDied(service: number, instance: number): void {
    this.dead.add(service, instance)
  }

  /** Whether the instance of a frame that warms has died. */
  isDead(service: number, frame: number): boolean {
    return this.dead.has(service, this.context.kernel.frames.instance(frame))
  }

  /** Gives a frame the keys of the next rank; false when none is left. Its keys of other populations have that rank, too. */
  takeNext(program: number, frame: number): boolean {
    const { kernel, populations } = this.context
    const { isPerInstance, nextRanks, count } = this.jobs.get(program)!
    const cursor = isPerInstance ? kernel.frames.instance(frame) : 0
    const rank = nextRanks[cursor] ?? 0
    if (rank >= count) return false
    nextRanks[cursor] = rank + 1
    for (const [population, { count: keys }] of populations.entries()) {
      kernel.frames.setKey(frame, population, Math.min(rank, keys - 1))
    }
    return true
  }

  private begin({ service, program, isPerInstance }: WarmJob): void {
    const instances = this.instances.get(service) ?? []
    const runners = isPerInstance ? this.atOnce * instances.length : this.atOnce
    for (let runner = 0; runner < runners && instances.length > 0; runner++) {
      startDetached(this.context.kernel, program, instances[runner % instances.length]!)
    }
  }
}

/** A program that warms takes up the next key, or ends. */
export class NextWarm extends PlainInstruction {
  private readonly warming: WarmLoad
  private readonly program: number
  private readonly next: number
  private readonly end: number

  constructor(plan: PlanInstruction, warming: WarmLoad) {
    super(plan.handler)
    this.warming = warming
    this.program = plan.targets['entry']!
    this.next = plan.next
    this.end = plan.targets['end']!
  }

  enter(frame: number): number {
    return this.warming.takeNext(this.program, frame) ? this.next : this.end
  }
}

/**
 * A key was loaded, or not; the program goes on unless its instance died. The cause does not tell that: a call that failed
 * since an instance died elsewhere has the same one.
 */
export class EndWarm extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly warming: WarmLoad
  private readonly service: number
  private readonly again: number

  constructor(plan: PlanInstruction, access: CacheAccess, warming: WarmLoad) {
    super(plan.handler)
    this.access = access
    this.warming = warming
    this.service = plan.service
    this.again = plan.targets['again']!
  }

  enter(frame: number): number {
    const { frames } = this.access.kernel
    if (this.warming.isDead(this.service, frame)) return this.handler
    if (frames.cause(frame) === 0) this.warming.warmed++
    frames.setCause(frame, 0)
    return this.again
  }
}
