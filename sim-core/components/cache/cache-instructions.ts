// The instructions of reads and writes through a cache, but for its locks.
import type { Sampler } from '../../distributions/distribution.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import type { CacheAccess } from './cache-access.ts'
import type { LookupData } from './lookup.compile.ts'
import type { ReadCounts } from './read-counts.ts'

/** Looks for the key in one tier. Found, it goes into every faster tier as well. A dead node answers nobody. */
export class Lookup extends PlainInstruction {
  protected readonly access: CacheAccess
  protected readonly counts: ReadCounts
  protected readonly tier: number
  protected readonly hit: number
  protected readonly next: number
  private readonly cause: number | undefined

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number, counts: ReadCounts) {
    super(plan.handler)
    this.access = access
    this.counts = counts
    this.tier = tier
    this.hit = plan.targets['hit']!
    this.next = plan.next
    this.cause = (plan.data as unknown as LookupData).cause
  }

  enter(frame: number): number {
    const { access, tier } = this
    const key = access.keyOf(frame)
    const part = access.partOf(tier, key, frame)
    const asked = access.tiers[tier]!
    if (asked.nodes.isDead(part)) return this.unavailable(frame)
    if (!asked.lookUp(key, part, access.kernel.clock[0]!)) return this.next
    this.counts.hit(key)
    access.fill(tier, key, frame)
    return this.hit
  }

  protected unavailable(frame: number): number {
    const { access, tier, cause } = this
    access.tiers[tier]!.unavailable++
    return cause === undefined ? this.next : access.kernel.fail(frame, cause, this)
  }
}

/** Uses the server of the node that keeps the key, for the demand of one operation; there is none while it is dead. */
export class NodeService extends UseStation {
  private readonly access: CacheAccess
  private readonly tier: number
  private readonly next: number
  private readonly demand: Sampler

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number, demand: Sampler) {
    super(access.kernel, plan.next, plan.handler)
    this.access = access
    this.tier = tier
    this.next = plan.next
    this.demand = demand
  }

  override enter(frame: number): number {
    const { access, tier } = this
    const part = access.partOf(tier, access.keyOf(frame), frame)
    if (access.tiers[tier]!.nodes.isDead(part)) return this.next
    this.kernel.frames.setTarget(frame, part)
    return super.enter(frame)
  }

  override stationOf(frame: number): Station {
    return this.access.tiers[this.tier]!.stationAt(this.kernel.frames.target(frame))
  }

  protected override drawWork(frame: number): void {
    this.demand.drawNs(this.frames.doubles, this.frames.workSlot(frame))
  }
}

/** The read goes on to the steps of its miss. */
export class CountMiss extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly next: number
  private readonly counts: ReadCounts

  constructor(plan: PlanInstruction, access: CacheAccess, counts: ReadCounts) {
    super(plan.handler)
    this.access = access
    this.next = plan.next
    this.counts = counts
  }

  enter(frame: number): number {
    this.counts.miss(this.access.keyOf(frame))
    return this.next
  }
}

/** Puts the key into every tier, each with its own life. */
export class Fill extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly next: number

  constructor(plan: PlanInstruction, access: CacheAccess) {
    super(plan.handler)
    this.access = access
    this.next = plan.next
  }

  enter(frame: number): number {
    this.access.fill(this.access.tiers.length, this.access.keyOf(frame), frame)
    return this.next
  }
}
