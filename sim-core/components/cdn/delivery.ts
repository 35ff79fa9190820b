// The state of one network in one run, which all of its instructions work on.
import type { Frames } from '../../kernel/frames.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { ModelContext } from '../../model/model.ts'
import { KeySpace } from '../cache/key-space.ts'
import type { CdnConfig } from './cdn.compile.ts'
import { FetchRows } from './fetch-rows.ts'
import { Geography } from './geography.ts'
import { ObjectCache } from './object-cache.ts'

/** Places of the sums that are no whole numbers, or may grow beyond those of 31 bits. */
const ORIGIN_BYTES = 0
const DIRECT_KM = 1
const TRAVELLED_KM = 2
const EDGE_KM = 3
const SUMS = 4

/** Caches, distances, versions and figures of a network. */
export class Delivery {
  readonly kernel: Kernel
  readonly frames: Frames
  readonly clock: Float64Array
  readonly rows: FetchRows
  readonly geography: Geography
  readonly keys: KeySpace
  readonly ttlNs: number
  /** Bytes sent to clients, by location. */
  readonly egressBytes: Float64Array
  /** Stale answers, by location. */
  readonly stale: Float64Array
  /** Fetches that waited for another one of the same key. */
  collapsed = 0
  /** Answers to clients whose place is known. */
  located = 0
  private readonly sums = new Float64Array(SUMS)
  private readonly context: ModelContext
  private readonly config: CdnConfig
  /** Those of the locations in order, then that of the shield; made when all keys are known. */
  private objectCaches: readonly ObjectCache[] = []
  /** Versions of keys that ever changed; the others have version 0. */
  private readonly versions = new Map<number, number>()

  constructor(config: CdnConfig, context: ModelContext) {
    this.context = context
    this.config = config
    this.kernel = context.kernel
    this.frames = context.kernel.frames
    this.clock = context.kernel.clock
    this.rows = new FetchRows(this.frames.capacity)
    this.geography = new Geography(config)
    this.keys = new KeySpace(context.populations)
    this.ttlNs = config.ttlNs
    this.egressBytes = new Float64Array(config.locations.length)
    this.stale = new Float64Array(config.locations.length)
    for (const { population } of config.push) this.keys.add(population)
  }

  /** Makes the caches: from here on no population may be added. */
  createCaches(): void {
    if (this.keys.universe === 0) return
    const { locations, shield, eviction } = this.config
    const all = shield === undefined ? locations : [...locations, shield]
    this.objectCaches = all.map(
      (spec) => new ObjectCache(spec, eviction, this.keys, this.context.stream(`${spec.name}.eviction`)),
    )
  }

  get caches(): readonly ObjectCache[] {
    return this.objectCaches
  }

  /** Number of the cache in which a fetch looks: that of its location, or the shield's, which is the last. */
  cacheIndex(frame: number, isAtShield: boolean): number {
    return isAtShield ? this.geography.locations : this.rows.location[frame]!
  }

  /** The number of the key, among all of the network, that the frame's request carries. */
  keyOf(frame: number, population: number, base: number): number {
    const key = this.frames.key(frame, population)
    invariant(key >= 0, 'a network is asked for a key that the request carries')
    return base + key
  }

  /** The version of a key that its origin has now. */
  currentVersion(key: number): number {
    return this.versions.get(key) ?? 0
  }

  /** The object of a key has changed. */
  change(key: number): void {
    this.versions.set(key, this.currentVersion(key) + 1)
  }

  /** Counts what the origin sent. */
  sentByOrigin(bytes: number): void {
    this.sums[ORIGIN_BYTES] = this.sums[ORIGIN_BYTES]! + bytes
  }

  /** Counts an answer: its bytes, whether it is out of date, and how far its client is from the location and from the origin. */
  answered(frame: number, key: number): void {
    const { rows, geography, sums } = this
    const location = rows.location[frame]!
    const client = rows.client[frame]!
    this.egressBytes[location] = this.egressBytes[location]! + this.keys.sizeBytes(key)
    if (rows.version[frame]! < this.currentVersion(key)) this.stale[location] = this.stale[location]! + 1
    if (!this.config.clients[client]!.isLocated) return
    const km = geography.clientKm[client * geography.locations + location]!
    this.located++
    sums[EDGE_KM] = sums[EDGE_KM]! + km
    sums[TRAVELLED_KM] = sums[TRAVELLED_KM]! + km
    sums[DIRECT_KM] = sums[DIRECT_KM]! + geography.directKm[client]!
  }

  /** Counts a way beyond the location that an object came for a client whose place is known. */
  travelled(frame: number, km: number): void {
    if (!this.config.clients[this.rows.client[frame]!]!.isLocated) return
    this.sums[TRAVELLED_KM] = this.sums[TRAVELLED_KM]! + km
  }

  get originBytes(): number {
    return this.sums[ORIGIN_BYTES]!
  }

  /** Kilometres between clients and origin, over all answers to clients whose place is known. */
  get directKm(): number {
    return this.sums[DIRECT_KM]!
  }

  /** Kilometres that those answers travelled. */
  get travelledKm(): number {
    return this.sums[TRAVELLED_KM]!
  }

  /** Kilometres between clients and the locations that answered them. */
  get edgeKm(): number {
    return this.sums[EDGE_KM]!
  }
}
