// Load balancing by the client's address, as nginx's ip_hash does it.

import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { weightsOf } from './keyed-options.ts'
import { NginxHashedPeers } from './nginx-hashed-peers.ts'
import { WeightWalk } from './weight-walk.ts'

const HASH_START = 89
const HASH_FACTOR = 113
const HASH_MODULUS = 6271

/**
 * Clients of one /24 network stay together.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_ip_hash_module.c, ngx_http_upstream_get_ip_hash_peer: over the
 * first three octets hash = (hash * 113 + octet) % 6271, starting from 89 and going on from there at each further try;
 * the peer at place hash % total_weight.
 * Differs from the source: none.
 */
class IpHashBalancer extends NginxHashedPeers {
  private readonly walk: WeightWalk
  private address = 0
  private hash = 0

  constructor(options: BalancerOptions) {
    const walk = new WeightWalk(weightsOf(options))
    super(options, walk.members)
    this.walk = walk
  }

  protected begin(key: number): void {
    this.address = this.options.keys.addressOf(key) | 0
    this.hash = HASH_START
  }

  protected next(): number {
    const { address } = this
    let hash = this.hash
    hash = (hash * HASH_FACTOR + (address >>> 24)) % HASH_MODULUS
    hash = (hash * HASH_FACTOR + ((address >>> 16) & 255)) % HASH_MODULUS
    hash = (hash * HASH_FACTOR + ((address >>> 8) & 255)) % HASH_MODULUS
    this.hash = hash
    return this.walk.at(hash % this.walk.total)
  }
}

/** nginx's ip_hash. */
export const ipHash: BalancerDefinition = {
  id: 'ip_hash',
  label: 'IP hash (nginx)',
  help: 'Sends all requests from one network of 256 addresses to the same instance. A change of the instances moves most clients.',
  source: 'nginx 1.22, src/http/modules/ngx_http_upstream_ip_hash_module.c, ngx_http_upstream_get_ip_hash_peer',
  differs: '',
  weighted: true,
  keyed: 'any',
  create: (options) => new IpHashBalancer(options),
}
