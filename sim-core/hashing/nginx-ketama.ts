// The points of nginx's `hash ... consistent`, with which its keys agree with those of Cache::Memcached::Fast.

import { crc32, crc32Continued } from './crc32.ts'
import { HashRing } from './hash-ring.ts'
import { encodeUtf8 } from './utf8.ts'

/** Points of a server of weight 1. */
const POINTS_PER_WEIGHT = 160

/**
 * The points of one server `host:port`.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c, ngx_http_upstream_init_chash: base is the CRC-32
 * of host, a zero byte and port; each of 160 * weight points is the CRC-32 of base's bytes followed by the four
 * little-endian bytes of the point before it, 0 for the first.
 * Differs from the source: none.
 */
function nginxKetamaPoints(address: string, weight: number): number[] {
  const colon = address.lastIndexOf(':')
  const [host, port] = colon < 0 ? [address, ''] : [address.slice(0, colon), address.slice(colon + 1)]
  const base = crc32(encodeUtf8(`${host}\0${port}`))
  const before = new Uint8Array(4)
  const points: number[] = []
  let point = 0
  for (let count = POINTS_PER_WEIGHT * weight; count > 0; count--) {
    for (let byte = 0; byte < 4; byte++) before[byte] = point >>> (8 * byte)
    point = crc32Continued(base, before)
    points.push(point)
  }
  return points
}

/** The ring of several servers; points that fall together belong to the server named first, as nginx drops the others. */
export function nginxKetamaRing(
  members: readonly { readonly member: number; readonly address: string; readonly weight: number }[],
): HashRing {
  const hashes: number[] = []
  const owners: number[] = []
  const taken = new Set<number>()
  for (const { member, address, weight } of members) {
    for (const point of nginxKetamaPoints(address, weight)) {
      if (taken.has(point)) continue
      taken.add(point)
      hashes.push(point)
      owners.push(member)
    }
  }
  return HashRing.of(hashes, owners)
}
