// The instructions of reads through a cache that attends to the age of its entries.
import { startDetachedFor } from '../../kernel/detached.ts'
import { NONE } from '../../kernel/frames.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { CacheAccess } from './cache-access.ts'
import { Lookup } from './cache-instructions.ts'
import type { CacheTier } from './cache-tier.ts'
import type { Freshness } from './freshness.ts'
import type { Invalidation } from './invalidation.ts'
import type { LinePlace } from './key-lines.ts'
import type { LoadNotes } from './load-notes.ts'
import type { ReadCounts } from './read-counts.ts'

/** Renewals of entries in the background, one per key at a time. */
export interface Renewals {
  readonly place: LinePlace
  readonly counts: { started: number }
}

/** What a lookup needs that attends to age. */
export interface AgePlace {
  readonly freshness: Freshness
  readonly invalidation: Invalidation
  /** Absent where nothing is renewed in the background. */
  readonly renewals: Renewals | undefined
}

/**
 * Looks for the key in one tier, and at how old what it finds is. Renewing is a matter of the slowest tier alone: what a
 * faster one lacks or lets expire is asked for in the next tier, which may well have it, and not at the source.
 */
export class FreshLookup extends Lookup {
  private readonly place: AgePlace
  /** Where a hit goes that recomputes the value itself, or -1. */
  private readonly early: number
  /** The program that renews an entry, or -1. */
  private readonly renew: number
  private readonly isSlowest: boolean

  constructor(plan: PlanInstruction, access: CacheAccess, tier: number, counts: ReadCounts, place: AgePlace) {
    super(plan, access, tier, counts)
    this.place = place
    this.isSlowest = tier === access.slowest
    this.early = this.isSlowest ? (plan.targets['early'] ?? NONE) : NONE
    this.renew = plan.targets['renew'] ?? NONE
    place.freshness.attend(access)
  }

  override enter(frame: number): number {
    const { access, tier } = this
    const { freshness, invalidation } = this.place
    const key = access.keyOf(frame)
    const part = access.partOf(tier, key, frame)
    const asked = access.tiers[tier]!
    if (asked.nodes.isDead(part)) return this.unavailable(frame)
    if (freshness.isUnreachable(asked, part, key)) {
      if (freshness.findUnreachable(asked, part, key)) invalidation.removed++
      asked.misses++
      return this.next
    }
    if (!asked.lookUp(key, part, access.kernel.clock[0]!)) return this.next
    const store = asked.storeAt(part)
    const entry = store.find(key)
    if (this.early >= 0 && freshness.isTimeToRecompute(key, store.expiresAtNs(entry))) {
      freshness.early++
      return this.early
    }
    this.counts.hit(key)
    freshness.countStale(asked, part, entry, key)
    if (this.isSlowest) this.keepUp(asked, part, entry, key, frame)
    else freshness.promote(access, tier, part, entry, key, frame)
    return this.hit
  }

  /** What the slowest tier has goes into the faster tiers, and is renewed when it is old. */
  private keepUp(asked: CacheTier, part: number, entry: number, key: number, frame: number): void {
    const { freshness } = this.place
    const expiresAtNs = asked.storeAt(part).expiresAtNs(entry)
    if (freshness.isPastLife(expiresAtNs)) {
      // What is past its life does not begin a new one in a faster tier.
      freshness.servedExpired++
      this.startRenewal(key, frame)
      return
    }
    if (freshness.isLate(asked, part, entry, expiresAtNs)) this.startRenewal(key, frame)
    freshness.promote(this.access, this.tier, part, entry, key, frame)
  }

  /** Nothing happens where one is under way already, or no frame is free. */
  private startRenewal(key: number, frame: number): void {
    const { place, counts } = this.place.renewals!
    const { kernel } = place.lines
    const table = place.lines.tableOf(place.base, frame)
    if (table.holderOf(key) !== NONE) return
    const runner = startDetachedFor(kernel, this.renew, frame, kernel.frames.instance(frame))
    if (runner < 0) return
    table.acquire(key, runner)
    counts.started++
  }
}

/** What instructions around a load are made from. */
export interface LoadPlace {
  readonly access: CacheAccess
  readonly freshness: Freshness
  readonly notes: LoadNotes
}

/** A load begins. */
export class BeginLoad extends PlainInstruction {
  private readonly place: LoadPlace
  /** Absent where the load is no read's own. */
  private readonly counts: ReadCounts | undefined
  private readonly next: number

  constructor(plan: PlanInstruction, place: LoadPlace, counts: ReadCounts | undefined) {
    super(plan.handler)
    this.place = place
    this.counts = counts
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, freshness, notes } = this.place
    const key = access.keyOf(frame)
    this.counts?.miss(key)
    freshness.beginLoad(notes, key, frame)
    return this.next
  }
}

/** The end of a load: puts the key into every tier, each with its own life. */
export class EndFreshLoad extends PlainInstruction {
  private readonly place: LoadPlace
  private readonly next: number

  constructor(plan: PlanInstruction, place: LoadPlace) {
    super(plan.handler)
    this.place = place
    this.next = plan.next
  }

  enter(frame: number): number {
    const { access, freshness, notes } = this.place
    freshness.endLoad(access, notes, access.keyOf(frame), frame)
    return this.next
  }
}

/** A load in the background begins, in a cache that does not attend to age. */
export class PassOn extends PlainInstruction {
  private readonly next: number

  constructor(plan: PlanInstruction) {
    super(plan.handler)
    this.next = plan.next
  }

  enter(_frame: number): number {
    return this.next
  }
}
