// The cache of one location, or of the shield: which objects it has, in which version, and what is counted there.
import { invariant } from '../../kernel/invariant.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { Capacity, EvictionStore } from '../cache/eviction/eviction.ts'
import { evictionPolicies } from '../cache/eviction/registry.ts'
import type { KeySpace } from '../cache/key-space.ts'

/** Entries whose version there is room for at first; doubled as they are used. */
const ENTRIES_AT_FIRST = 1024

/** Nothing found. */
const ABSENT = -1

/** A bounded store of objects, each with the version of its key that it shows. */
export class ObjectCache {
  readonly name: string
  readonly capacity: Capacity
  hits = 0
  misses = 0
  fills = 0
  expiries = 0
  /** Whether its servers are away: then it has nothing and keeps nothing. */
  isDown = false
  private readonly keys: KeySpace
  private readonly store: EvictionStore
  /** By entry of the store. */
  private versions = new Int32Array(ENTRIES_AT_FIRST)

  /** @param stream chance for policies that draw */
  constructor(
    { name, capacity }: { readonly name: string; readonly capacity: Capacity },
    eviction: string,
    keys: KeySpace,
    stream: RandomStream,
  ) {
    const policy = evictionPolicies.find(({ id }) => id === eviction)
    invariant(policy !== undefined, 'a network names an eviction policy that is registered')
    this.name = name
    this.capacity = capacity
    this.keys = keys
    this.store = policy.create({ capacity, universe: keys.universe, stream })
  }

  /** The entry of a key that may be served, which counts as an access, or -1. An expired one is removed. */
  lookUp(key: number, nowNs: number): number {
    const { store } = this
    const entry = store.find(key)
    if (entry < 0) return ABSENT
    if (store.expiresAtNs(entry) > nowNs) {
      store.touch(entry, nowNs)
      return entry
    }
    store.remove(entry)
    this.expiries++
    return ABSENT
  }

  /** The version that an entry shows. */
  versionOf(entry: number): number {
    return this.versions[entry]!
  }

  /** When an entry expires. */
  expiresAtNs(entry: number): number {
    return this.store.expiresAtNs(entry)
  }

  /** Puts an object in; one that is larger than the whole cache stays out. */
  fill(key: number, version: number, expiresAtNs: number, nowNs: number): void {
    if (this.isDown) return
    const entry = this.store.insert(key, this.keys.sizeBytes(key), expiresAtNs, nowNs)
    if (entry < 0) return
    this.fills++
    if (entry >= this.versions.length) this.makeRoom(entry)
    this.versions[entry] = version
  }

  /** Takes a key out, if it is there. */
  forget(key: number): void {
    const entry = this.store.find(key)
    if (entry >= 0) this.store.remove(entry)
  }

  /** Its servers die, and all that they kept is gone. */
  goDown(): void {
    this.isDown = true
    this.store.clear()
  }

  /** Its servers come back, with nothing. */
  comeBack(): void {
    this.isDown = false
  }

  get evictions(): number {
    return this.store.evictions
  }

  get entries(): number {
    return this.store.length
  }

  get usedBytes(): number {
    return this.store.usedBytes
  }

  private makeRoom(entry: number): void {
    let length = this.versions.length
    while (length <= entry) length *= 2
    const versions = new Int32Array(length)
    versions.set(this.versions)
    this.versions = versions
  }
}
