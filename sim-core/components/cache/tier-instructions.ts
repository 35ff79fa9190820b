// The instructions on the way to a tier that does not take every key, or whose nodes keep a read waiting when they are dead.
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { CacheAccess } from './cache-access.ts'
import type { LookupData } from './lookup.compile.ts'

/** Goes by a tier that does not take keys of so high a rank: who knows the key knows that, too, and does not ask. */
export class PassUnaccepted extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly ranks: number
  private readonly next: number
  private readonly skip: number

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number) {
    super(plan.handler)
    this.access = access
    this.ranks = access.ranksIn(tier)
    this.next = plan.next
    this.skip = plan.targets['skip']!
  }

  enter(frame: number): number {
    return this.access.rankOf(frame) < this.ranks ? this.next : this.skip
  }
}

/** Tries to reach the node that keeps the key: where it is alive, on with the read; else the time runs out. */
export class Reach extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly tier: number
  private readonly dead: number
  private readonly alive: number

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number) {
    super(plan.handler)
    this.access = access
    this.tier = tier
    this.dead = plan.next
    this.alive = plan.targets['alive']!
  }

  enter(frame: number): number {
    const { access, tier } = this
    const part = access.partOf(tier, access.keyOf(frame), frame)
    return access.tiers[tier]!.nodes.isDead(part) ? this.dead : this.alive
  }
}

/** The time for a node has run out: the read goes on to the next tier, or fails. */
export class CountUnavailable extends PlainInstruction {
  private readonly access: CacheAccess
  private readonly tier: number
  private readonly cause: number | undefined
  private readonly skip: number

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number) {
    super(plan.handler)
    this.access = access
    this.tier = tier
    this.cause = (plan.data as unknown as LookupData).cause
    this.skip = plan.targets['skip']!
  }

  enter(frame: number): number {
    const { access, tier, cause } = this
    access.tiers[tier]!.unavailable++
    return cause === undefined ? this.skip : access.kernel.fail(frame, cause, this)
  }
}
