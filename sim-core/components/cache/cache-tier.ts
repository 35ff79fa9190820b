// One tier of a cache in one run: its stores, its nodes, and what is counted there.
import { redisSlotOfDecimal, REDIS_SLOTS } from '../../hashing/crc16.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Station } from '../../kernel/station.ts'
import { roundNs } from '../../kernel/time.ts'
import type { ModelContext } from '../../model/model.ts'
import { ActiveExpiry } from './active-expiry.ts'
import { EntryAges } from './entry-ages.ts'
import type { Capacity, EvictionDefinition, EvictionOptions, EvictionStore } from './eviction/eviction.ts'
import { evictionPolicies } from './eviction/registry.ts'
import type { KeySpace } from './key-space.ts'
import { TierNodes } from './tier-nodes.ts'
import { TierPlacement } from './tier-placement.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** What a tier takes to remember that the source lacks a key: a mark, without a value. */
export const ABSENCE_BYTES = 16

const MINUTE_NS = 60e9

/** Fills a store at the start of the run. */
export type WarmUp = (tier: CacheTier, part: number) => void

/** What a tier is told by its cache. */
export interface TierOptions {
  readonly warmUp: WarmUp
  /** How long it remembers that the source lacks a key; absent when it does not. */
  readonly negativeNs: number | undefined
}

/**
 * The stores of a tier are its parts: nodes of a shared tier, between which the keys are divided; else one for every
 * instance of every service that uses it, made when the instance first asks, or at the start where it is warmed.
 */
export class CacheTier {
  readonly name: string
  readonly isShared: boolean
  /** Room of one part. */
  readonly capacity: Capacity
  /** Everything that it takes, where that is not all. */
  readonly placement: TierPlacement | undefined
  readonly nodes: TierNodes
  /** Kept where somebody asks for it. */
  readonly ages = new EntryAges()
  hits = 0
  /** Hits that found that the source lacks the key. */
  negativeHits = 0
  misses = 0
  expiries = 0
  fills = 0
  /** Values kept out by what the tier accepts. */
  notAccepted = 0
  /** Reads that found their node dead. */
  unavailable = 0
  private readonly spec: CacheTierSpec
  private readonly keys: KeySpace
  private readonly warmUp: WarmUp
  private readonly eviction: EvictionDefinition
  private readonly evictionStream: RandomStream
  private readonly jitterStream: RandomStream
  /** Nothing in here expires, so nobody needs to look. */
  private readonly keepsForEver: boolean
  /** By part; those that nobody has used yet are missing. */
  readonly stores: (EvictionStore | undefined)[] = []
  private readonly negativeNs: number | undefined
  private readonly activeExpiry: ActiveExpiry | undefined
  /** Parts whose instance started anew: their stores begin empty. */
  private readonly cold = new Set<number>()
  /** Parts whose instance is gone: they take nothing until another one starts. */
  private readonly gone = new Set<number>()
  /** First part of each service, by component index. */
  private readonly bases = new Map<number, number>()
  /** Services that look into it. */
  private readonly readers = new Set<number>()
  private parts = 0

  constructor(spec: CacheTierSpec, context: ModelContext, keys: KeySpace, options: TierOptions) {
    const eviction = evictionPolicies.find(({ id }) => id === spec.eviction)
    invariant(eviction !== undefined, 'a tier names an eviction policy that is registered')
    this.spec = spec
    this.keys = keys
    this.warmUp = options.warmUp
    this.negativeNs = options.negativeNs
    this.name = spec.name
    this.isShared = spec.scope === 'shared'
    this.capacity = spec.capacity
    this.eviction = eviction
    this.evictionStream = context.stream(`${spec.name}.eviction`)
    this.jitterStream = context.stream(`${spec.name}.ttl-jitter`)
    this.keepsForEver = spec.ttlNs === undefined && options.negativeNs === undefined
    this.nodes = new TierNodes(spec, context)
    this.placement = spec.accepts && new TierPlacement(spec.accepts, keys, context.populations)
    this.activeExpiry =
      spec.expiry === 'active'
        ? new ActiveExpiry(context.kernel, context.stream(`${spec.name}.expiry`), this.stores, spec.ttlNs === undefined)
        : undefined
    if (this.isShared) this.parts = spec.nodes
  }

  /** Makes a service known before the run starts; answers the part of its instance 0, or 0 in a shared tier. */
  addService(service: number, instances: number): number {
    if (this.isShared) return 0
    const known = this.bases.get(service)
    if (known !== undefined) return known
    const base = this.parts
    this.bases.set(service, base)
    this.parts += instances
    return base
  }

  /** Makes known, before the run starts, that a service looks into the tier. */
  addReader(service: number): void {
    this.readers.add(service)
  }

  /**
   * An instance is there when the run starts, with what it was warmed with: its store is made now, so that no write is
   * missed before the instance first asks. Whoever only writes needs none.
   */
  beginInstance(service: number, instance: number): void {
    if (!this.isShared && this.readers.has(service)) this.storeAt(this.bases.get(service)! + instance)
  }

  /** The part in which a key is kept, for the instance whose part would be `ownPart` if it had its own. */
  partOf(key: number, ownPart: number): number {
    if (!this.isShared) return ownPart
    const { count } = this.nodes
    return count === 1 ? 0 : Math.floor((redisSlotOfDecimal(key) * count) / REDIS_SLOTS)
  }

  /** Everything kept by that part. */
  storeAt(part: number): EvictionStore {
    return this.stores[part] ?? this.createStore(part)
  }

  /** The server of that part; only tiers with `servers` have any. */
  stationAt(part: number): Station {
    return this.nodes.stationAt(part)
  }

  /** Whether a part holds a key that has not expired. Does not count as a lookup. */
  holds(key: number, part: number, nowNs: number): boolean {
    const store = this.storeAt(part)
    const entry = store.find(key)
    return entry >= 0 && store.expiresAtNs(entry) > nowNs
  }

  /** Looks a key up: present or not is all that decides. An expired entry is a miss and is removed. */
  lookUp(key: number, part: number, nowNs: number): boolean {
    const store = this.storeAt(part)
    const entry = store.find(key)
    if (entry >= 0) {
      if (this.keepsForEver || store.expiresAtNs(entry) > nowNs) {
        store.touch(entry, nowNs)
        this.hits++
        if (this.negativeNs !== undefined && this.keys.isMissing(key)) this.negativeHits++
        return true
      }
      store.remove(entry)
      this.expiries++
    }
    this.misses++
    return false
  }

  /** Puts a key in, with a life of its own. A value that the tier does not accept, or larger than the whole part, stays out. */
  fill(key: number, part: number, nowNs: number): void {
    if (this.placement !== undefined && !this.placement.accepts(key)) this.notAccepted++
    else if (this.put(key, part, nowNs)) this.fills++
  }

  /** Whether a key may be loaded at the start: the tier accepts it, and the source has it. */
  isLoadable(key: number): boolean {
    return !this.keys.isMissing(key) && (this.placement === undefined || this.placement.accepts(key))
  }

  /** Puts a loadable key in without counting it as a fill. */
  load(key: number, part: number, nowNs: number): void {
    if (this.isLoadable(key)) this.put(key, part, nowNs)
  }

  /** Takes a key out of every part that may hold it, but for entries that are spared; answers how many it took out. */
  invalidate(key: number, spares?: (part: number, entry: number) => boolean): number {
    if (this.isShared) return this.removeFrom(this.partOf(key, 0), key, spares)
    let removed = 0
    for (let part = 0; part < this.stores.length; part++) removed += this.removeFrom(part, key, spares)
    return removed
  }

  /** A node of a shared tier dies with everything that it kept; false if it was dead. */
  killNode(node: number): boolean {
    if (!this.nodes.kill(node)) return false
    this.stores[node]?.clear()
    return true
  }

  /** The instance of a service started anew, with nothing in memory. */
  clearInstance(service: number, instance: number): void {
    const base = this.bases.get(service)
    if (base === undefined) return
    this.stores[base + instance]?.clear()
    this.cold.add(base + instance)
    this.gone.delete(base + instance)
  }

  /** The instance of a service is gone, with all that it kept. What still runs there in the background puts nothing in. */
  endInstance(service: number, instance: number): void {
    const base = this.bases.get(service)
    if (base === undefined) return
    this.stores[base + instance]?.clear()
    this.gone.add(base + instance)
  }

  /** Entries pushed out for lack of room. */
  evictions(): number {
    return this.stores.reduce((sum, store) => sum + (store?.evictions ?? 0), 0)
  }

  /** Entries kept now, in all parts. */
  entries(): number {
    return this.stores.reduce((sum, store) => sum + (store?.length ?? 0), 0)
  }

  /** Bytes kept now, in all parts. */
  usedBytes(): number {
    return this.stores.reduce((sum, store) => sum + (store?.usedBytes ?? 0), 0)
  }

  /** Entries removed for their age before anybody asked for them. */
  activeExpiries(): number {
    return this.activeExpiry?.removed ?? 0
  }

  /** Makes what all instances share. */
  start(): void {
    for (let node = 0; this.isShared && node < this.nodes.count; node++) this.storeAt(node)
    this.nodes.start()
  }

  /**
   * False when the key is not kept: it is too large, or its node is dead or its instance gone, or the source lacks it and
   * that is not remembered.
   */
  private put(key: number, part: number, nowNs: number): boolean {
    if (this.nodes.isDead(part) || (this.gone.size > 0 && this.gone.has(part))) return false
    const { keys, negativeNs } = this
    const isMissing = keys.isMissing(key)
    if (isMissing && negativeNs === undefined) return false
    const sizeBytes = isMissing ? ABSENCE_BYTES : keys.sizeBytes(key)
    const lifeNs = isMissing ? negativeNs! : this.lifeNs()
    const entry = this.storeAt(part).insert(key, sizeBytes, nowNs + lifeNs, nowNs)
    if (entry >= 0 && lifeNs < Infinity) this.activeExpiry?.added(part, entry)
    return entry >= 0
  }

  /** Drawn life of an entry: `ttl` times a factor spread evenly over 1 - jitter .. 1 + jitter. */
  private lifeNs(): number {
    const { ttlNs, ttlJitterRatio } = this.spec
    if (ttlNs === undefined) return Infinity
    if (ttlJitterRatio === undefined) return ttlNs
    return roundNs(ttlNs * (1 + ttlJitterRatio * (2 * this.jitterStream.nextUnit() - 1)))
  }

  /** How many entries it removed: one or none. */
  private removeFrom(part: number, key: number, spares?: (part: number, entry: number) => boolean): number {
    const store = this.stores[part]
    const entry = store?.find(key) ?? -1
    if (entry < 0 || spares?.(part, entry) === true) return 0
    store!.remove(entry)
    return 1
  }

  private createStore(part: number): EvictionStore {
    const store = this.eviction.create({
      capacity: this.capacity,
      universe: this.keys.universe,
      stream: this.evictionStream,
      ...settingsOf(this.spec),
    })
    while (this.stores.length <= part) this.stores.push(undefined)
    this.stores[part] = store
    if (!this.cold.has(part)) this.warmUp(this, part)
    return store
  }
}

/** The settings of the policy that the tier gives. */
function settingsOf({ maxmemorySamples, lfuLogFactor, lfuDecayTimeNs }: CacheTierSpec): Partial<EvictionOptions> {
  return {
    ...(maxmemorySamples === undefined ? {} : { maxmemorySamples }),
    ...(lfuLogFactor === undefined ? {} : { lfuLogFactor }),
    ...(lfuDecayTimeNs === undefined ? {} : { lfuDecayMinutes: lfuDecayTimeNs / MINUTE_NS }),
  }
}
