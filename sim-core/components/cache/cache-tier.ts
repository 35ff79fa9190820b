// One tier of a cache in one run: its stores, its nodes, and what is counted there.
import { redisSlotOfDecimal, REDIS_SLOTS } from '../../hashing/crc16.ts'
import { invariant } from '../../kernel/invariant.ts'
import { QueueingServer } from '../../kernel/queueing-server.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Station } from '../../kernel/station.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import { roundNs } from '../../kernel/time.ts'
import type { ModelContext } from '../../model/model.ts'
import type { CacheTierSpec } from './tier.schema.ts'
import type { Capacity, EvictionDefinition, EvictionStore } from './eviction/eviction.ts'
import { evictionPolicies } from './eviction/registry.ts'
import type { KeySpace } from './key-space.ts'

/** Nodes up to which each has figures of its own; above, all nodes of a tier share theirs. */
const NODES_SHOWN_MAX = 256

/** Fills a store at the start of the run. */
export type WarmUp = (tier: CacheTier, part: number) => void

/**
 * The stores of a tier are its parts: nodes of a shared tier, between which the keys are divided; else one for every
 * instance of every service that uses it, made when the instance first asks.
 */
export class CacheTier {
  readonly name: string
  readonly isShared: boolean
  /** Room of one part. */
  readonly capacity: Capacity
  hits = 0
  misses = 0
  expiries = 0
  fills = 0
  private readonly spec: CacheTierSpec
  private readonly context: ModelContext
  private readonly keys: KeySpace
  private readonly warmUp: WarmUp
  private readonly eviction: EvictionDefinition
  private readonly evictionStream: RandomStream
  private readonly jitterStream: RandomStream
  private readonly nodes: number
  /** Nothing in here expires, so nobody needs to look. */
  private readonly keepsForEver: boolean
  private readonly stores: (EvictionStore | undefined)[] = []
  private readonly stations: (Station | undefined)[] = []
  /** Parts whose instance started anew: their stores begin empty. */
  private readonly cold = new Set<number>()
  /** First part of each service, by component index. */
  private readonly bases = new Map<number, number>()
  private parts = 0
  private sharedMeter: StationMeter | undefined

  constructor(spec: CacheTierSpec, context: ModelContext, keys: KeySpace, warmUp: WarmUp) {
    const eviction = evictionPolicies.find(({ id }) => id === spec.eviction)
    invariant(eviction !== undefined, 'a tier names an eviction policy that is registered')
    this.spec = spec
    this.context = context
    this.keys = keys
    this.warmUp = warmUp
    this.name = spec.name
    this.isShared = spec.scope === 'shared'
    this.capacity = spec.capacity
    this.eviction = eviction
    this.evictionStream = context.stream(`${spec.name}.eviction`)
    this.jitterStream = context.stream(`${spec.name}.ttl-jitter`)
    this.keepsForEver = spec.ttlNs === undefined
    this.nodes = this.isShared ? spec.nodes : 1
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

  /** The part in which a key is kept, for the instance whose part would be `ownPart` if it had its own. */
  partOf(key: number, ownPart: number): number {
    if (!this.isShared) return ownPart
    return this.nodes === 1 ? 0 : Math.floor((redisSlotOfDecimal(key) * this.nodes) / REDIS_SLOTS)
  }

  /** Everything kept by that part. */
  storeAt(part: number): EvictionStore {
    return this.stores[part] ?? this.createStore(part)
  }

  /** The server of that part; only tiers with `servers` have any. */
  stationAt(part: number): Station {
    return this.stations[part] ?? this.createStation(part)
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
        return true
      }
      store.remove(entry)
      this.expiries++
    }
    this.misses++
    return false
  }

  /** Puts a key in, with a life of its own. A value larger than the whole part stays out. */
  fill(key: number, part: number, nowNs: number): void {
    if (this.load(key, part, nowNs)) this.fills++
  }

  /** Puts a key in without counting it as a fill; false when it is larger than the whole part. */
  load(key: number, part: number, nowNs: number): boolean {
    return this.storeAt(part).insert(key, this.keys.sizeBytes(key), nowNs + this.lifeNs(), nowNs) >= 0
  }

  /** Takes a key out of every part that may hold it. */
  invalidate(key: number): void {
    if (this.isShared) removeFrom(this.stores[this.partOf(key, 0)], key)
    else for (const store of this.stores) removeFrom(store, key)
  }

  /** The instance of a service started anew, with nothing in memory. */
  clearInstance(service: number, instance: number): void {
    const base = this.bases.get(service)
    if (base === undefined) return
    this.stores[base + instance]?.clear()
    this.cold.add(base + instance)
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

  /** Makes what all instances share; what each has of its own follows when it is first used. */
  start(): void {
    for (let node = 0; this.isShared && node < this.nodes; node++) {
      this.storeAt(node)
      if (this.spec.servers !== undefined) this.stationAt(node)
    }
  }

  /** Drawn life of an entry: `ttl` times a factor spread evenly over 1 - jitter .. 1 + jitter. */
  private lifeNs(): number {
    const { ttlNs, ttlJitterRatio } = this.spec
    if (ttlNs === undefined) return Infinity
    if (ttlJitterRatio === undefined) return ttlNs
    return roundNs(ttlNs * (1 + ttlJitterRatio * (2 * this.jitterStream.nextUnit() - 1)))
  }

  private createStore(part: number): EvictionStore {
    const store = this.eviction.create({
      capacity: this.capacity,
      universe: this.keys.universe,
      stream: this.evictionStream,
    })
    while (this.stores.length <= part) this.stores.push(undefined)
    this.stores[part] = store
    if (!this.cold.has(part)) this.warmUp(this, part)
    return store
  }

  private createStation(part: number): Station {
    const { kernel } = this.context
    const { servers } = this.spec
    invariant(servers !== undefined, 'a tier without servers is never waited for')
    const meter = this.meterOf(part)
    meter.changeServers(kernel.nowNs, servers)
    const station = new QueueingServer(kernel, meter, 'fifo', { servers, capacity: Infinity })
    while (this.stations.length <= part) this.stations.push(undefined)
    this.stations[part] = station
    return station
  }

  private meterOf(part: number): StationMeter {
    if (this.isShared && this.nodes > 1 && this.nodes <= NODES_SHOWN_MAX) {
      return this.context.meter(`${this.name}.node[${part}]`)
    }
    this.sharedMeter ??= this.context.meter(`${this.name}.node`)
    return this.sharedMeter
  }
}

function removeFrom(store: EvictionStore | undefined, key: number): void {
  const entry = store?.find(key) ?? -1
  if (entry >= 0) store!.remove(entry)
}
