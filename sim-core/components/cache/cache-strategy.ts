// What a cache has besides its tiers, as its strategy, its protection from stampedes and its invalidation ask for.
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { ModelContext } from '../../model/model.ts'
import type { CacheAccess } from './cache-access.ts'
import type { CacheConfig } from './cache.compile.ts'
import type { LockPlace } from './cache-locks.ts'
import { CacheLocks } from './cache-locks.ts'
import type { CacheTier } from './cache-tier.ts'
import { DeadInstances } from './dead-instances.ts'
import { Freshness } from './freshness.ts'
import type { InvalidationOptions } from './invalidation.ts'
import { Invalidation } from './invalidation.ts'
import type { LinePlace } from './key-lines.ts'
import { ALL_INSTANCES, KeyLines } from './key-lines.ts'
import type { KeySpace } from './key-space.ts'
import { SourceVersions } from './source-versions.ts'
import type { BatchPlace, WriteBehindOptions } from './write-behind.ts'
import { WriteBehind, WriteBehindCounts } from './write-behind.ts'
import type { WritePlace } from './write-instructions.ts'

/** The parts of one cache that its settings ask for; what is not asked for is not there. */
export class CacheStrategy {
  readonly locks: CacheLocks | undefined
  /** Loads whose result is shared. */
  readonly loads: KeyLines | undefined
  /** Renewals in the background. */
  readonly renewals: KeyLines | undefined
  readonly renewalCounts = { started: 0 }
  readonly invalidation: Invalidation
  /** Instances that are dead now. */
  readonly dead = new DeadInstances()
  /** Absent where nobody asks how old an entry is. */
  readonly freshness: Freshness | undefined
  private readonly isFlight: boolean
  private readonly context: ModelContext
  private readonly tiers: readonly CacheTier[]
  /** Absent where nothing is written. */
  private readonly versions: SourceVersions | undefined
  private readonly behindOptions: WriteBehindOptions | undefined
  private readonly behindCounts = new WriteBehindCounts()
  /** Writes held back, by the first instruction of the program that stores them. */
  private readonly behind = new Map<number, WriteBehind>()

  constructor(config: CacheConfig, context: ModelContext, tiers: readonly CacheTier[], keys: KeySpace) {
    const { strategy, stampede, isWritten, invalidation } = config
    const { kernel } = context
    const { ages, isRenewing, behind } = settingsOf(config)
    this.context = context
    this.tiers = tiers
    this.behindOptions = behind
    this.isFlight = stampede.kind === 'single_flight'
    this.locks = stampede.kind === 'lock' ? new CacheLocks(kernel, stampede) : undefined
    this.loads = this.isFlight || strategy === 'read_through' ? new KeyLines(kernel) : undefined
    this.renewals = isRenewing ? new KeyLines(kernel) : undefined
    this.versions = isWritten ? new SourceVersions(behind !== undefined) : undefined
    const puts = behind !== undefined || strategy === 'write_through'
    const isNewest: InvalidationOptions['isNewest'] = (key, tier, part, entry) =>
      this.freshness!.isNewest(tier, part, entry, key)
    this.invalidation = new Invalidation({ invalidation, tiers, keys, isNewest: puts ? isNewest : undefined })
    const { groups } = this.invalidation
    const stream = context.stream('early-refresh')
    const attends = isWritten || isRenewing || ages.beta > 0
    this.freshness = attends ? new Freshness({ kernel, versions: this.versions, groups, stream, ...ages }) : undefined
  }

  /** The key space is complete. */
  start(universe: number): void {
    this.versions?.start(universe)
    if (this.versions !== undefined) this.invalidation.start()
    this.freshness?.start(universe)
  }

  /** An instance has started; answers whether one of its number had died. */
  instanceStarted(service: number, instance: number): boolean {
    return this.dead.delete(service, instance)
  }

  instanceEnded(service: number, instance: number, died: boolean): void {
    if (died) this.dead.add(service, instance)
    for (const behind of this.behind.values()) behind.instanceEnded(service, instance, died)
  }

  /** Where locks of a service stand. */
  lockPlace(access: CacheAccess, service: number, instances: number): LockPlace {
    const { locks } = this
    invariant(locks !== undefined, 'a cache without locks has no such instruction')
    const isLocal = locks.isLocal ?? !access.tiers.at(-1)!.isShared
    return { access, lines: locks, base: isLocal ? locks.addService(service, instances) : ALL_INSTANCES }
  }

  /** Where shared loads of a service stand: flights are of an instance, what the cache loads is for all who can see it. */
  loadPlace(access: CacheAccess, service: number, instances: number): LinePlace {
    const { loads } = this
    invariant(loads !== undefined, 'a cache without shared loads has no such instruction')
    const isLocal = this.isFlight || !access.tiers.at(-1)!.isShared
    return { access, lines: loads, base: isLocal ? loads.addService(service, instances) : ALL_INSTANCES }
  }

  /** Where renewals by a service stand: one per key for all who share the slowest tier, the one that is renewed. */
  renewalPlace(access: CacheAccess, service: number, instances: number): LinePlace | undefined {
    const { renewals } = this
    if (renewals === undefined) return undefined
    const isLocal = !access.tiers.at(-1)!.isShared
    return { access, lines: renewals, base: isLocal ? renewals.addService(service, instances) : ALL_INSTANCES }
  }

  /** What the instructions of writes need. */
  writePlace(access: CacheAccess): WritePlace {
    const { freshness, versions, invalidation } = this
    invariant(freshness !== undefined && versions !== undefined, 'a cache that is written to keeps versions')
    return { access, freshness, versions, invalidation }
  }

  /** The writes held back for the program that begins at `program`. */
  behindAt(program: number, service: number): WriteBehind {
    const known = this.behind.get(program)
    if (known !== undefined) return known
    invariant(this.behindOptions !== undefined, 'a cache that holds writes back knows how long')
    const behind = new WriteBehind(this.context.kernel, this.behindOptions, this.behindCounts, { service, program })
    this.behind.set(program, behind)
    return behind
  }

  /** What the instructions of the program need that begins at `program`. */
  batchPlace(access: CacheAccess, program: number, { service }: PlanInstruction): BatchPlace {
    invariant(this.versions !== undefined, 'a cache that is written to keeps versions')
    return { access, behind: this.behindAt(program, service), versions: this.versions }
  }

  declareMetrics(): void {
    const { recorder, id } = this.context
    const { locks, loads, freshness, invalidation, behindCounts, renewalCounts } = this
    const waited = locks ?? loads
    if (waited !== undefined) recorder.counter(id, 'lock_waits', 'reads', () => waited.waits)
    if (locks !== undefined) recorder.counter(id, 'lock_timeouts', 'reads', () => locks.timeouts)
    if (this.renewals !== undefined) recorder.counter(id, 'refreshes', 'loads', () => renewalCounts.started)
    if (freshness !== undefined && this.versions !== undefined) {
      recorder.counter(id, 'invalidations', 'entries', () => invalidation.removed)
      recorder.counter(id, 'stale', 'reads', () => freshness.stale)
      for (const { name, ages } of this.tiers) recorder.counter(id, `${name}.stale`, 'lookups', () => ages.stale)
    }
    if (freshness?.isEarly === true) recorder.counter(id, 'early_refreshes', 'reads', () => freshness.early)
    if (freshness?.servesExpired === true)
      recorder.counter(id, 'served_expired', 'reads', () => freshness.servedExpired)
    if (this.behindOptions === undefined) return
    recorder.counter(id, 'coalesced', 'writes', () => behindCounts.coalesced)
    recorder.counter(id, 'writes_lost', 'writes', () => behindCounts.lost)
    recorder.gauge(id, 'writes_held', 'writes', () => behindCounts.held)
  }
}

/** What the strategy and the protection of a cache say of the age of its entries, and of its writes. */
function settingsOf({ strategy, stampede }: CacheConfig) {
  const set = typeof strategy === 'object' ? strategy : undefined
  const ahead = set?.kind === 'refresh_ahead' ? set : undefined
  const revalidates = stampede.kind === 'stale_while_revalidate'
  return {
    ages: {
      renewAtRatio: ahead?.atRatio ?? 1,
      staleForNs: revalidates ? stampede.forNs : 0,
      beta: stampede.kind === 'early_refresh' ? stampede.beta : 0,
    },
    isRenewing: ahead !== undefined || revalidates,
    behind: set?.kind === 'write_behind' ? set : undefined,
  }
}
