// The instructions of writes: what the cache forgets, now or later, and what it receives.
import { startDetachedFor } from '../../kernel/detached.ts'
import { NONE } from '../../kernel/frames.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_IN_FLIGHT_LIMIT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { CacheAccess } from './cache-access.ts'
import type { Freshness } from './freshness.ts'
import type { Invalidation } from './invalidation.ts'
import type { SourceVersions } from './source-versions.ts'

/** What the instructions of writes have in common. */
export interface WritePlace {
  readonly access: CacheAccess
  readonly invalidation: Invalidation
  readonly freshness: Freshness
  readonly versions: SourceVersions
}

/** The key has a new version: shared tiers follow at once, the instances' own ones too unless word takes time to reach them. */
export class Invalidate extends PlainInstruction {
  private readonly place: WritePlace
  private readonly next: number
  /** The program that brings word to the instances, or -1. */
  private readonly message: number

  constructor(plan: PlanInstruction, place: WritePlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
    this.message = plan.targets['message'] ?? NONE
  }

  enter(frame: number): number {
    const { access, invalidation, versions } = this.place
    const key = access.keyOf(frame)
    versions.raise(key)
    invalidation.inShared(key)
    if (this.message < 0) {
      invalidation.inOwn(key)
      return this.next
    }
    // The message is on its way whatever becomes of the instance that sent it.
    if (startDetachedFor(access.kernel, this.message, frame, NONE) >= 0) return this.next
    return access.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
  }
}

/** Word of a write has reached the instances. */
export class InvalidateOwn extends PlainInstruction {
  private readonly place: WritePlace
  private readonly next: number

  constructor(plan: PlanInstruction, place: WritePlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, invalidation } = this.place
    invalidation.inOwn(access.keyOf(frame))
    return this.next
  }
}

/** Puts the written value into every tier. */
export class PutWritten extends PlainInstruction {
  private readonly place: WritePlace
  private readonly next: number

  constructor(plan: PlanInstruction, place: WritePlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, freshness } = this.place
    freshness.put(access, access.keyOf(frame), frame)
    return this.next
  }
}
