// Runs Envoy's rings and tables against the ones that simulations use.

import type { BalancerDefinition, BalancerParameters } from '../../../sim-core/components/service/balancing/balancer.ts'
import { maglev } from '../../../sim-core/components/service/balancing/maglev.ts'
import { ringHash } from '../../../sim-core/components/service/balancing/ring-hash.ts'
import { envoyRing, type HashedHost } from '../../../sim-core/hashing/envoy-ring.ts'
import type { HashRing64 } from '../../../sim-core/hashing/hash-ring-64.ts'
import { maglevTable } from '../../../sim-core/hashing/maglev.ts'
import { exactly, type OracleAdapters, type OracleCase, type OracleOutcome } from '../oracle-case.ts'
import { choicesOf, listOf, numberOr, serversOf } from './balancer-cases.ts'
import { numberOf, recordOf } from './case-fields.ts'

/** Envoy's largest ring. */
const RING_SIZE_MAX = 8_388_608

const HASH_MAX = (1n << 64n) - 1n
const WORD_BITS = 32n

function hostsOf(testCase: OracleCase): HashedHost[] {
  return serversOf(testCase).map((host, member) => ({
    member,
    key: String(host['key']),
    weight: numberOr(host['weight'], 1),
  }))
}

function countsOf(owners: Int32Array, hosts: number): number[] {
  const counts = new Array<number>(hosts).fill(0)
  for (const owner of owners) counts[owner] = counts[owner]! + 1
  return counts
}

/** Compares whichever figures a case expects, each made when it is asked for. */
function compare(
  testCase: OracleCase,
  figures: Readonly<Record<string, (expected: unknown) => unknown>>,
): OracleOutcome {
  const expected = recordOf(testCase, 'expected')
  const got = Object.entries(expected).map(([name, value]) => [name, figures[name]?.(value)])
  return exactly(expected, Object.fromEntries(got))
}

function ownerOf(ring: HashRing64, hash: bigint): number {
  return ring.ownerOf(Number(hash >> WORD_BITS), Number(BigInt.asUintN(32, hash)))
}

function ringCase(testCase: OracleCase): OracleOutcome {
  const ringSize = numberOf(testCase, 'minimumRingSize')
  const ringSizeMax = numberOr(testCase['maximumRingSize'], RING_SIZE_MAX)
  const hosts = hostsOf(testCase)
  const ring = envoyRing(hosts, ringSize, ringSizeMax)
  const entries = (count: number): unknown[] =>
    Array.from({ length: count }, (_, place) => [String(ring.point(place)), ring.owners[place]])
  return compare(testCase, {
    ringSize: () => ring.length,
    ring: () => entries(ring.length),
    firstEntries: (expected) => entries(listOf(expected).length),
    hashesPerHost: () => countsOf(ring.owners, hosts.length),
    choices: (expected) => {
      return listOf(expected).map((pair) => {
        const hash = listOf(pair)[0]
        return [hash, ownerOf(ring, BigInt(String(hash)))]
      })
    },
    keyChoices: keyChoices(ringHash, testCase, { ringSize, ringSizeMax }),
    histogram6000: () => {
      const owners = Int32Array.from({ length: 6000 }, (_, i) => ownerOf(ring, BigInt(i) * (HASH_MAX / 6000n)))
      return countsOf(owners, hosts.length)
    },
  })
}

function maglevCase(testCase: OracleCase): OracleOutcome {
  const tableSize = numberOf(testCase, 'tableSize')
  const hosts = hostsOf(testCase)
  const table = maglevTable(hosts, tableSize)
  return compare(testCase, {
    table: () => Array.from(table),
    entriesPerHost: () => countsOf(table, hosts.length),
    keyChoices: keyChoices(maglev, testCase, { tableSize }),
    slotsChangedWhenLastHostRemoved: () => {
      const smaller = maglevTable(hosts.slice(0, -1), tableSize)
      return table.filter((host, slot) => host !== smaller[slot]).length
    },
  })
}

function keyChoices(definition: BalancerDefinition, testCase: OracleCase, parameters: BalancerParameters) {
  return (expected: unknown): unknown => choicesOf(definition, testCase, listOf(expected), parameters)
}

/** Adapters by the `algorithm` of a case. */
export const envoyAdapters: OracleAdapters = { envoy_ring_hash: ringCase, envoy_maglev: maglevCase }
