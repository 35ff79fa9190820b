// The rings of libmemcached: ketama with one-at-a-time points, and weighted ketama with points from MD5.

import { HashRing } from './hash-ring.ts'
import { md5 } from './md5.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { encodeUtf8 } from './utf8.ts'
import { viewOf } from './words.ts'

/** Points of a server without weights. */
const POINTS_PER_SERVER = 100

/** Digests that a server of average weight gets, of four points each. */
const DIGESTS_PER_SERVER = 40
const POINTS_PER_DIGEST = 4

/** Added before the floor, so that a whole number is not missed by a rounding. */
const ROUNDING_GUARD = 1e-10

/** A server of libmemcached. */
export interface MemcachedServer {
  readonly host: string
  /** Left out of the names of points when it is memcached's own, 11211. */
  readonly port: number
  readonly weight: number
}

const DEFAULT_PORT = 11_211

/** The first 32 bits of the MD5 digest, little-endian: how libmemcached hashes keys on its weighted ring. */
export function md5Word(bytes: Uint8Array): number {
  return viewOf(md5(bytes)).getUint32(0, true)
}

/**
 * The ring of servers by index.
 *
 * Source: libmemcached 1.1, src/libmemcached/hosts.cc, update_continuum: 100 points a server, the one-at-a-time hash of
 * "host-<j>", "host:port-<j>" where the port is not 11211.
 * Differs from the source: none.
 */
export function memcachedKetamaRing(servers: readonly MemcachedServer[]): HashRing {
  const hashes: number[] = []
  const owners: number[] = []
  for (const [owner, server] of servers.entries()) {
    for (let point = 0; point < POINTS_PER_SERVER; point++) {
      hashes.push(oneAtATime(pointName(server, point)))
      owners.push(owner)
    }
  }
  return HashRing.of(hashes, owners)
}

/**
 * The weighted ring of servers by index.
 *
 * Source: libmemcached 1.1, src/libmemcached/hosts.cc, update_continuum with ketama_weighted: floor(weight / total * 40 *
 * servers + 1e-10) digests a server, of "host-<j>", each giving four little-endian words; weights are single-precision.
 * Differs from the source: none.
 */
export function memcachedWeightedKetamaRing(servers: readonly MemcachedServer[]): HashRing {
  const total = servers.reduce((sum, { weight }) => sum + weight, 0)
  const hashes: number[] = []
  const owners: number[] = []
  for (const [owner, server] of servers.entries()) {
    const share = Math.fround(server.weight / total)
    const average = Math.fround(share * DIGESTS_PER_SERVER)
    const digests = Math.floor(Math.fround(Math.fround(average * servers.length) + ROUNDING_GUARD))
    for (let digest = 0; digest < digests; digest++) {
      const view = viewOf(md5(pointName(server, digest)))
      for (let word = 0; word < POINTS_PER_DIGEST; word++) {
        hashes.push(view.getUint32(4 * word, true))
        owners.push(owner)
      }
    }
  }
  return HashRing.of(hashes, owners)
}

function pointName({ host, port }: MemcachedServer, point: number): Uint8Array {
  return encodeUtf8(port === DEFAULT_PORT ? `${host}-${point}` : `${host}:${port}-${point}`)
}
