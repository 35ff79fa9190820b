// The ring of Envoy's ring_hash load balancer.

import { HashRing64 } from './hash-ring-64.ts'
import { encodeUtf8 } from './utf8.ts'
import { xxh64 } from './xxh64.ts'

/** A host on a ring or in a table. */
export interface HashedHost {
  /** What lookups answer. */
  readonly member: number
  /** Address, such as `10.0.0.1:8080`. */
  readonly key: string
  readonly weight: number
}

/**
 * The ring of the hosts, in the order given.
 *
 * Source: Envoy 1.30, source/extensions/load_balancing_policies/ring_hash/ring_hash_lb.cc, RingHashLoadBalancer::Ring:
 * scale = min(ceil(minWeight * minRingSize) / minWeight, maxRingSize) with normalised weights; host by host
 * target += scale * weight, and while current < target the host gets a point xxHash64("<key>_<i>") and current += 1.
 * Differs from the source: none.
 */
export function envoyRing(hosts: readonly HashedHost[], sizeMin: number, sizeMax: number): HashRing64 {
  const total = hosts.reduce((sum, { weight }) => sum + weight, 0)
  const least = hosts.reduce((min, { weight }) => Math.min(min, weight / total), 1)
  const scale = Math.min(Math.ceil(least * sizeMin) / least, sizeMax)
  const hashes: bigint[] = []
  const owners: number[] = []
  let target = 0
  for (const { member, key, weight } of hosts) {
    target += scale * (weight / total)
    for (let point = 0; hashes.length < target; point++) {
      hashes.push(xxh64(encodeUtf8(`${key}_${point}`)))
      owners.push(member)
    }
  }
  return new HashRing64(hashes, owners)
}
