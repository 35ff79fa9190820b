// How old the entries of a cache are: versions, early and late renewal. Only caches made for that have one.
import { log } from '../../kernel/deterministic-math.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { CacheAccess } from './cache-access.ts'
import type { CacheTier } from './cache-tier.ts'
import type { GroupVersions } from './group-versions.ts'
import { LoadNotes } from './load-notes.ts'
import type { SourceVersions } from './source-versions.ts'

/** No uniform number is so small that -ln U reaches this: the least is 2^-53. */
const LOG_MAX = 37

/** In place of the version of its group: that an entry is out of reach is known already. */
const OUT_OF_REACH = -1

/** What of the age of entries a cache attends to. */
export interface FreshnessOptions {
  readonly kernel: Kernel
  /** Absent where nothing is written. */
  readonly versions: SourceVersions | undefined
  /** Absent unless writes raise the version of a group of keys. */
  readonly groups: GroupVersions | undefined
  /** How long an entry is served after its end of life; 0 for not at all. */
  readonly staleForNs: number
  /** Share of its life after which an entry is renewed; 1 for not at all. */
  readonly renewAtRatio: number
  /** See `isTimeToRecompute`; 0 for not at all. */
  readonly beta: number
  readonly stream: RandomStream
}

/** What is known of the age of every entry. */
export class Freshness {
  /** Reads answered with an older version than the last one written. */
  stale = 0
  /** Reads answered with an entry past its end of life. */
  servedExpired = 0
  /** Reads that recomputed a value before its end of life. */
  early = 0
  private readonly staleForNs: number
  private readonly options: FreshnessOptions
  private readonly clock: Float64Array
  private readonly notes = new Map<number, LoadNotes>()
  /** The slowest tier that takes a population, by the number of its key 0. */
  private readonly slowest = new Map<number, CacheTier>()
  /** How long the last load of each key took, in ns. */
  private loadNs = new Float64Array(0)

  constructor(options: FreshnessOptions) {
    this.options = options
    this.staleForNs = options.staleForNs
    this.clock = options.kernel.clock
  }

  /** Makes room for the keys 0 to `universe` - 1. */
  start(universe: number): void {
    if (this.options.beta > 0) this.loadNs = new Float64Array(universe)
  }

  /** The keys of an access are read: its slowest tier is the one whose entries are renewed. */
  attend(access: CacheAccess): void {
    this.slowest.set(access.base, access.tiers[access.slowest]!)
  }

  /** Whether hits recompute values before their end of life. */
  get isEarly(): boolean {
    return this.options.beta > 0
  }

  /** Whether entries past their end of life are served. */
  get servesExpired(): boolean {
    return this.options.staleForNs > 0
  }

  /** The notes about loads of a population. */
  notesOf(population: number): LoadNotes {
    let notes = this.notes.get(population)
    if (notes === undefined) this.notes.set(population, (notes = new LoadNotes(this.options.kernel.frames)))
    return notes
  }

  /** A frame begins to load its key. */
  beginLoad(notes: LoadNotes, key: number, frame: number): void {
    const { versions, groups } = this.options
    if (versions !== undefined) notes.versions[frame] = versions.storedOf(key)
    if (groups !== undefined) notes.groups[frame] = groups.sharedOf(key)
    notes.sinceNs[frame] = this.clock[0]!
  }

  /** A frame has loaded its key: it goes into every tier. */
  endLoad(access: CacheAccess, notes: LoadNotes, key: number, frame: number): void {
    if (this.options.beta > 0) this.loadNs[key] = this.clock[0]! - notes.sinceNs[frame]!
    this.fill(access, access.tiers.length, key, frame, notes.versions[frame]!, notes.groups[frame]!)
  }

  /** Puts what was just written into every tier. */
  put(access: CacheAccess, key: number, frame: number): void {
    const { versions, groups } = this.options
    this.fill(access, access.tiers.length, key, frame, versions!.latestOf(key), groups?.sharedOf(key) ?? 0)
  }

  /** Puts an entry that was found in a tier into the faster ones. */
  promote(access: CacheAccess, tier: number, part: number, entry: number, key: number, frame: number): void {
    if (tier === 0) return
    const { versions, groups } = access.tiers[tier]!.ages
    this.fill(access, tier, key, frame, versions.get(part, entry), groups.get(part, entry))
  }

  /** Notes the age of what a store was filled with when it was made. */
  noteWarm(tier: CacheTier, part: number, key: number): void {
    const { versions, groups } = this.options
    const entry = this.note(tier, part, key, versions?.latestOf(key) ?? 0, groups?.sharedOf(key) ?? 0)
    if (entry >= 0 && tier === this.slowestOf(key)) this.noteLife(tier, part, entry)
  }

  /** Whether an entry belongs to an older version of its group, so that nobody can ask for it any more. */
  isUnreachable(tier: CacheTier, part: number, key: number): boolean {
    const { groups } = this.options
    if (groups === undefined) return false
    const entry = tier.storeAt(part).find(key)
    return entry >= 0 && tier.ages.groups.get(part, entry) < versionKnown(groups, tier, key)
  }

  /** Whether nobody has found yet that an unreachable entry is one; from now on somebody has. It stays where it is. */
  findUnreachable(tier: CacheTier, part: number, key: number): boolean {
    const entry = tier.storeAt(part).find(key)
    const { groups } = tier.ages
    if (groups.get(part, entry) === OUT_OF_REACH) return false
    groups.set(part, entry, OUT_OF_REACH)
    return true
  }

  /** Whether an entry is what was last written; it is where nothing is written. */
  isNewest(tier: CacheTier, part: number, entry: number, key: number): boolean {
    const { versions } = this.options
    return versions === undefined || tier.ages.versions.get(part, entry) >= versions.latestOf(key)
  }

  /** Counts a hit of an older version than the last one written. */
  countStale(tier: CacheTier, part: number, entry: number, key: number): void {
    if (this.isNewest(tier, part, entry, key)) return
    tier.ages.stale++
    this.stale++
  }

  /**
   * Whether a hit recomputes the value although it has not expired: t - delta beta ln(U) >= expiry, where delta is how long
   * the last recomputation took and U is uniform.
   *
   * Source: A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", Proceedings of
   * the VLDB Endowment 8(8), 2015, figure 2 (XFetch).
   * Differs from the source: of several tiers only the slowest is asked this.
   */
  isTimeToRecompute(key: number, expiresAtNs: number): boolean {
    const { beta, stream } = this.options
    const reachNs = beta * (this.loadNs[key] ?? 0)
    const leftNs = expiresAtNs - this.clock[0]!
    if (reachNs === 0 || leftNs > LOG_MAX * reachNs) return false
    return -reachNs * log(stream.nextOpenUnit()) >= leftNs
  }

  /** Whether an entry is past its end of life, and only served until there is a new one. */
  isPastLife(expiresAtNs: number): boolean {
    return this.staleForNs > 0 && expiresAtNs - this.staleForNs <= this.clock[0]!
  }

  /** Whether an entry is so late in its life that it is to be renewed. */
  isLate(tier: CacheTier, part: number, entry: number, expiresAtNs: number): boolean {
    const { renewAtRatio } = this.options
    if (renewAtRatio >= 1 || expiresAtNs === Infinity) return false
    const filledNs = tier.ages.filledNs.get(part, entry)
    return this.clock[0]! - filledNs > renewAtRatio * (expiresAtNs - this.staleForNs - filledNs)
  }

  /** Fills tiers 0 to `tiers` - 1. */
  private fill(
    access: CacheAccess,
    tiers: number,
    key: number,
    frame: number,
    version: number,
    groupVersion: number,
  ): void {
    access.fill(tiers, key, frame)
    for (let at = 0; at < tiers; at++) {
      const tier = access.tiers[at]!
      const part = access.partOf(at, key, frame)
      const entry = this.note(tier, part, key, version, groupVersion)
      if (entry >= 0 && at === access.slowest) this.noteLife(tier, part, entry)
    }
  }

  /** Notes what an entry holds; answers the entry, or -1 where the tier has not taken the key. */
  private note(tier: CacheTier, part: number, key: number, version: number, groupVersion: number): number {
    const entry = tier.storeAt(part).find(key)
    if (entry < 0) return entry
    const { versions, groups } = this.options
    if (versions !== undefined) tier.ages.versions.set(part, entry, version)
    if (groups !== undefined) {
      // What a write overtook on its way in was never in reach, so that write did not take it out.
      const isLate = groupVersion < versionKnown(groups, tier, key)
      tier.ages.groups.set(part, entry, isLate ? OUT_OF_REACH : groupVersion)
    }
    return entry
  }

  /** The slowest tier for a key: that of the last population whose keys begin at or before it. */
  private slowestOf(key: number): CacheTier | undefined {
    let base = -1
    for (const each of this.slowest.keys()) if (each <= key && each > base) base = each
    return this.slowest.get(base)
  }

  /** Notes when the life of an entry of the slowest tier began, and lets it outlive its end where it is served then. */
  private noteLife(tier: CacheTier, part: number, entry: number): void {
    if (this.options.renewAtRatio < 1) tier.ages.filledNs.set(part, entry, this.clock[0]!)
    const store = tier.storeAt(part)
    const expiresAtNs = store.expiresAtNs(entry)
    if (this.staleForNs > 0 && expiresAtNs < Infinity) store.setExpiry(entry, expiresAtNs + this.staleForNs)
  }
}

/** The version of a key's group by which a tier is asked: instances hear of new ones later. */
function versionKnown(groups: GroupVersions, tier: CacheTier, key: number): number {
  return tier.isShared ? groups.sharedOf(key) : groups.ownOf(key)
}
