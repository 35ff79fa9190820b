// Load balancing on a ring of points: nginx's `hash ... consistent`, and the same with bounded loads.

import { crc32Continued } from '../../../hashing/crc32.ts'
import { HashRing } from '../../../hashing/hash-ring.ts'
import { nginxKetamaRing } from '../../../hashing/nginx-ketama.ts'
import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { keyedOptions, type KeyedOptions } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { NginxHashedPeers } from './nginx-hashed-peers.ts'

/** Steps of hashing and sorting 160 points. */
const STEPS_PER_WEIGHT = 3_200

/** Part of a limit that is taken off before it is rounded up, as 1.1 times 5000 over 50 is a little more than 110 in doubles. */
const ROUNDING_GUARD = 1e-12

/** The ring over some of the targets, made anew when they have changed. */
class KetamaRing {
  private readonly whole: HashRing
  private readonly members: MarkedTargets
  private version = -1
  private ring: HashRing

  constructor({ addresses, weights }: KeyedOptions, members: MarkedTargets) {
    this.members = members
    this.whole = nginxKetamaRing(addresses.map((address, member) => ({ member, address, weight: weights[member]! })))
    this.ring = this.whole
  }

  current(): HashRing {
    if (this.version !== this.members.version) {
      this.version = this.members.version
      this.ring =
        this.members.count === this.members.marks.length ? this.whole : this.whole.restrictedTo(this.members.marks)
    }
    return this.ring
  }
}

/**
 * nginx's consistent hashing.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_get_chash_peer: the owner of the
 * first point at or after crc32(key), and point after point while it is down.
 * Differs from the source: none.
 */
class ConsistentHashBalancer extends NginxHashedPeers {
  private readonly ring: KetamaRing
  private place = 0

  constructor(options: BalancerOptions) {
    super(options, new MarkedTargets(options.targets))
    this.ring = new KetamaRing(this.options, this.members)
  }

  protected begin(key: number): void {
    const { keys } = this.options
    const start = keys.load(key)
    this.place = this.ring.current().placeAtOrAfter(crc32Continued(0, keys.bytes, start))
  }

  protected next(tries: number): number {
    const { owners } = this.ring.current()
    return owners[(this.place + tries) % owners.length]!
  }
}

/**
 * The same ring with a bound on how much of the load one target may have.
 *
 * Source: V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018, section 1.1: with
 * m requests under way and n targets, a target takes no more than ceil(c * m / n), c = 1 + epsilon; a request goes to the
 * first target clockwise that has room.
 * Differs from the source: the ring's points are nginx's; a target of weight w takes up to ceil(c * m * w / total weight);
 * m counts the request that is being placed.
 */
class BoundedLoadBalancer implements Balancer {
  private readonly options: KeyedOptions
  private readonly eligible: MarkedTargets
  private readonly ring: KetamaRing
  private readonly active: Int32Array
  private readonly limit: number
  /** Requests under way at all targets, and the total weight of the eligible ones. */
  private total = 0
  private weight = 0

  constructor(options: BalancerOptions, limit: number) {
    this.options = keyedOptions(options)
    this.eligible = new MarkedTargets(options.targets)
    this.ring = new KetamaRing(this.options, this.eligible)
    this.active = new Int32Array(options.targets)
    this.limit = limit
  }

  pick(key: number): number {
    if (this.eligible.count === 0) return -1
    const { keys, weights } = this.options
    const { owners } = this.ring.current()
    const perWeight = ((1 - ROUNDING_GUARD) * this.limit * (this.total + 1)) / this.weight
    const start = keys.load(key)
    let place = this.ring.current().placeAtOrAfter(crc32Continued(0, keys.bytes, start))
    // The limits add up to more than all requests under way, so somebody has room.
    while (this.active[owners[place]!]! >= Math.ceil(perWeight * weights[owners[place]!]!)) {
      place = place + 1 === owners.length ? 0 : place + 1
    }
    return owners[place]!
  }

  opened(target: number): void {
    this.active[target] = this.active[target]! + 1
    this.total += 1
  }

  closed(target: number): void {
    this.active[target] = this.active[target]! - 1
    this.total -= 1
  }

  failed(): void {
    // Choices do not depend on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    if (!this.eligible.set(target, eligible)) return
    this.weight += eligible ? this.options.weights[target]! : -this.options.weights[target]!
  }
}

/** Consistent hashing on a ketama ring. */
export const consistentHash: BalancerDefinition = {
  id: 'consistent_hash',
  label: 'Consistent hash (ketama)',
  help: 'Sends all requests for a key to the same instance, by a ring of points. A change of the instances moves only the keys of the changed ones. With `load_limit` no instance gets much more than its share.',
  source:
    'nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_get_chash_peer; V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018, section 1.1',
  differs: 'Bounded loads use the ring of nginx, and limits in proportion to weights.',
  weighted: true,
  keyed: 'own',
  parameters: ['loadLimit'],
  tableSteps: (weights) => STEPS_PER_WEIGHT * weights.reduce((sum, weight) => sum + weight, 0),
  create: (options) => {
    const limit = options.parameters?.loadLimit
    return limit === undefined ? new ConsistentHashBalancer(options) : new BoundedLoadBalancer(options, limit)
  },
}
