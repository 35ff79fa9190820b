// Load balancing by a hash of the request's key or of the client's address, as HAProxy does it.

import { crc32Continued } from '../../../hashing/crc32.ts'
import { djb2 } from '../../../hashing/djb2.ts'
import { fullAvalanche } from '../../../hashing/full-avalanche.ts'
import { HashRing } from '../../../hashing/hash-ring.ts'
import { haproxyRing, nearestOwner } from '../../../hashing/haproxy-ring.ts'
import { sdbm } from '../../../hashing/sdbm.ts'
import { wt6 } from '../../../hashing/wt6.ts'
import type { BalancerDefinition, BalancerOptions, BalancerParameters, HashName } from './balancer.ts'
import { HaproxyMap, mapSteps } from './haproxy-map.ts'
import { HAPROXY_WEIGHT_MAX } from './haproxy-weights.ts'
import { keyedOptions } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'
import type { RequestKeys } from './request-keys.ts'

const HASHES: Readonly<Record<HashName, (bytes: Uint8Array, start: number) => number>> = {
  sdbm,
  djb2,
  wt6,
  crc32: (bytes, start) => crc32Continued(0, bytes, start),
}

/** Finds the target of a hash. */
interface HashedTargets {
  readonly eligible: MarkedTargets
  /** -1 when none is eligible. */
  find(hash: number): number
}

/** Source: HAProxy 2.6, src/lb_map.c, map_get_server_hash: slot hash % total of the map. Differs from the source: none. */
class MappedTargets implements HashedTargets {
  private readonly map: HaproxyMap

  constructor(options: BalancerOptions) {
    this.map = new HaproxyMap(options)
  }

  get eligible(): MarkedTargets {
    return this.map.eligible
  }

  find(hash: number): number {
    const slots = this.map.current()
    return slots.length === 0 ? -1 : slots[hash % slots.length]!
  }
}

/** Source: HAProxy 2.6, src/lb_chash.c, chash_get_server_hash. Differs from the source: none. */
class RingTargets implements HashedTargets {
  readonly eligible: MarkedTargets
  private readonly whole: HashRing
  private ring: HashRing
  private version = -1

  constructor(options: BalancerOptions) {
    const { weights } = keyedOptions(options)
    this.eligible = new MarkedTargets(options.targets)
    this.whole = haproxyRing(weights.map((weight, member) => ({ member, id: member + 1, weight })))
    this.ring = this.whole
  }

  find(hash: number): number {
    if (this.eligible.count === 0) return -1
    if (this.version !== this.eligible.version) {
      this.version = this.eligible.version
      this.ring = this.whole.restrictedTo(this.eligible.marks)
    }
    return nearestOwner(this.ring, hash)
  }
}

abstract class HaproxyHashBalancer extends ObliviousBalancer {
  protected readonly keys: RequestKeys
  protected readonly avalanche: boolean
  private readonly targets: HashedTargets

  constructor(options: BalancerOptions) {
    super()
    const { mapping = 'map_based', hash, avalanche } = options.parameters ?? {}
    this.keys = keyedOptions(options).keys
    // `hash-type consistent` alone means sdbm with avalanche, while a function that is named comes without.
    this.avalanche = avalanche ?? (mapping === 'consistent' && hash === undefined)
    this.targets = mapping === 'consistent' ? new RingTargets(options) : new MappedTargets(options)
  }

  pick(key: number): number {
    const hash = this.hashOf(key)
    return this.targets.find(this.avalanche ? fullAvalanche(hash) : hash)
  }

  setEligible(target: number, eligible: boolean): void {
    this.targets.eligible.set(target, eligible)
  }

  /** Unsigned 32 bits. */
  protected abstract hashOf(key: number): number
}

/**
 * Hashes the address itself.
 *
 * Source: HAProxy 2.6, src/backend.c, get_server_sh: h is the exclusive or of the address's 32-bit words in network order.
 * Differs from the source: none.
 */
class SourceBalancer extends HaproxyHashBalancer {
  protected hashOf(key: number): number {
    return this.keys.addressOf(key)
  }
}

/**
 * Hashes a text.
 *
 * Source: HAProxy 2.6, src/backend.c, gen_hash, as get_server_ph and get_server_uh use it.
 * Differs from the source: none.
 */
class TextHashBalancer extends HaproxyHashBalancer {
  private readonly hash: (bytes: Uint8Array, start: number) => number

  constructor(options: BalancerOptions) {
    super(options)
    this.hash = HASHES[options.parameters?.hash ?? 'sdbm']
  }

  protected hashOf(key: number): number {
    const start = this.keys.load(key)
    return this.hash(this.keys.bytes, start)
  }
}

/** Steps of hashing and sorting the 16 points of a unit of weight. */
const RING_STEPS_PER_WEIGHT = 320

function tableSteps(weights: readonly number[], { mapping }: BalancerParameters): number {
  if (mapping !== 'consistent') return mapSteps(weights)
  return RING_STEPS_PER_WEIGHT * weights.reduce((sum, weight) => sum + weight, 0)
}

/** HAProxy's source. */
export const source: BalancerDefinition = {
  id: 'source',
  label: 'Source address (HAProxy)',
  help: 'Sends all requests from one client address to the same instance. With `mapping: consistent` a change of the instances moves few clients.',
  source: 'HAProxy 2.6, src/backend.c, get_server_sh; src/lb_map.c and src/lb_chash.c',
  differs: '',
  weighted: true,
  keyed: 'any',
  parameters: ['mapping', 'avalanche'],
  weightMax: HAPROXY_WEIGHT_MAX,
  tableSteps,
  create: (options) => new SourceBalancer(options),
}

/** HAProxy's uri, url_param and hdr. */
export const haproxyHash: BalancerDefinition = {
  id: 'haproxy_hash',
  label: 'Hash of a key (HAProxy)',
  help: 'Sends all requests for a key, such as a path or a parameter, to the same instance: `balance uri`, `url_param` or `hdr`. With `mapping: consistent` a change of the instances moves few keys.',
  source: 'HAProxy 2.6, src/backend.c, gen_hash; src/lb_map.c and src/lb_chash.c',
  differs: '',
  weighted: true,
  keyed: 'any',
  parameters: ['hash', 'mapping', 'avalanche'],
  weightMax: HAPROXY_WEIGHT_MAX,
  tableSteps,
  create: (options) => new TextHashBalancer(options),
}
