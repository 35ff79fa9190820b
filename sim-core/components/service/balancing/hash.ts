// Load balancing by a hash of the request's key, as nginx's `hash key` does it.

import { crc32, crc32Continued } from '../../../hashing/crc32.ts'
import { encodeUtf8 } from '../../../hashing/utf8.ts'
import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { weightsOf } from './keyed-options.ts'
import { NginxHashedPeers } from './nginx-hashed-peers.ts'
import { WeightWalk } from './weight-walk.ts'

/** What a CRC-32 is cut to, as Cache::Memcached does it. */
const HASH_MASK = 0x7fff

/** CRC-32 of the number of a try, which stands before the key from the second try on. */
const CHECK_OF_TRY = Uint32Array.from({ length: 32 }, (_, tries) =>
  tries === 0 ? 0 : crc32(encodeUtf8(String(tries))),
)

/**
 * Modulo hashing.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_get_hash_peer: at each try
 * hash += (crc32([try] key) >> 16) & 0x7fff, the number of the try being left out at the first; the peer at place
 * hash % total_weight.
 * Differs from the source: none.
 */
class HashBalancer extends NginxHashedPeers {
  private readonly walk: WeightWalk
  private key = 0
  private hash = 0

  constructor(options: BalancerOptions) {
    const walk = new WeightWalk(weightsOf(options))
    super(options, walk.members)
    this.walk = walk
  }

  protected begin(key: number): void {
    this.key = key
    this.hash = 0
  }

  protected next(tries: number): number {
    const { keys } = this.options
    const start = keys.load(this.key)
    const check = crc32Continued(CHECK_OF_TRY[tries]!, keys.bytes, start)
    this.hash += (check >>> 16) & HASH_MASK
    return this.walk.at(this.hash % this.walk.total)
  }
}

/** nginx's hash. */
export const hash: BalancerDefinition = {
  id: 'hash',
  label: 'Hash of a key (nginx)',
  help: 'Sends all requests for a key to the same instance. A change of the instances moves most keys.',
  source: 'nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_get_hash_peer',
  differs: '',
  weighted: true,
  keyed: 'any',
  create: (options) => new HashBalancer(options),
}
