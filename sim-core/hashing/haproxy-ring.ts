// The ring of HAProxy's `hash-type consistent`.

import { fullAvalanche } from './full-avalanche.ts'
import { HashRing } from './hash-ring.ts'

/** Points of a server of weight 1, and room for the points of one server in the numbering of all. */
const POINTS_PER_WEIGHT = 16
const POINTS_OF_SERVER_MAX = 4096

/**
 * The ring of servers by their identifiers, counted from 1.
 *
 * Source: HAProxy 2.6, src/lb_chash.c, chash_init_server_tree: 16 points per unit of weight, full_hash(id * 4096 + i).
 * Differs from the source: none.
 */
export function haproxyRing(
  servers: readonly { readonly member: number; readonly id: number; readonly weight: number }[],
): HashRing {
  const hashes: number[] = []
  const owners: number[] = []
  for (const { member, id, weight } of servers) {
    for (let point = 0; point < POINTS_PER_WEIGHT * weight; point++) {
      hashes.push(fullAvalanche(id * POINTS_OF_SERVER_MAX + point))
      owners.push(member)
    }
  }
  return HashRing.of(hashes, owners)
}

/**
 * Owner of the point nearest to a hash on either side, the one before it on a tie.
 *
 * Source: HAProxy 2.6, src/lb_chash.c, chash_get_server_hash: dp = hash - prev, dn = next - hash, modulo 2^32;
 * prev if dp <= dn.
 * Differs from the source: none.
 */
export function nearestOwner(ring: HashRing, hash: number): number {
  const { points, owners } = ring
  const next = ring.placeAtOrAfter(hash)
  const previous = next === 0 ? points.length - 1 : next - 1
  const behind = (hash - points[previous]!) >>> 0
  const ahead = (points[next]! - hash) >>> 0
  return owners[behind <= ahead ? previous : next]!
}
