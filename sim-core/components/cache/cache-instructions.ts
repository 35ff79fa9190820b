// The instructions of reads and writes through a cache, but for its locks.
import type { Sampler } from '../../distributions/distribution.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import type { CacheAccess } from './cache-access.ts'

/** Reads of a cache, each counted once: answered by a tier, or by the steps of its miss. */
export class ReadCounts {
  hits = 0
  misses = 0
}

/** Looks for the key in one tier. Found, it goes into every faster tier as well. */
export class Lookup extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly counts: ReadCounts
  private readonly tier: number
  private readonly hit: number
  private readonly next: number

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number, counts: ReadCounts) {
    super(plan.handler)
    this.access = access
    this.counts = counts
    this.tier = tier
    this.hit = plan.targets['hit']!
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, tier } = this
    const key = access.keyOf(frame)
    const part = access.partOf(tier, key, frame)
    if (!access.tiers[tier]!.lookUp(key, part, access.kernel.clock[0]!)) return this.next
    this.counts.hits++
    access.fill(tier, key, frame)
    return this.hit
  }
}

/** Uses the server of the node that keeps the key, for the demand of one operation. */
export class NodeService extends UseStation {
  private readonly access: CacheAccess
  private readonly tier: number
  private readonly demand: Sampler

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number, demand: Sampler) {
    super(access.kernel, plan.next, plan.handler)
    this.access = access
    this.tier = tier
    this.demand = demand
  }

  override enter(frame: number): number {
    const { access, tier } = this
    this.kernel.frames.setTarget(frame, access.partOf(tier, access.keyOf(frame), frame))
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
  private readonly next: number
  private readonly counts: ReadCounts

  constructor(plan: PlanInstruction, counts: ReadCounts) {
    super(plan.handler)
    this.next = plan.next
    this.counts = counts
  }

  enter(_frame: number): number {
    this.counts.misses++
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

/** Takes the key out of every part of every tier. */
export class Invalidate extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly next: number

  constructor(plan: PlanInstruction, access: CacheAccess) {
    super(plan.handler)
    this.access = access
    this.next = plan.next
  }

  enter(frame: number): number {
    const key = this.access.keyOf(frame)
    for (const tier of this.access.tiers) tier.invalidate(key)
    return this.next
  }
}
