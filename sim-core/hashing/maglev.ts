// The lookup table of Maglev hashing, as Envoy fills it.

import type { HashedHost } from './envoy-ring.ts'
import { encodeUtf8 } from './utf8.ts'
import { xxh64 } from './xxh64.ts'

/**
 * The table: member by slot. A key belongs to the member in slot hash mod size.
 *
 * Source: D. E. Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4;
 * Envoy 1.30, source/extensions/load_balancing_policies/maglev/maglev_lb.cc, OriginalMaglevTable: hosts sorted by key,
 * offset = xxHash64(key) mod M, skip = xxHash64(key, 1) mod (M - 1) + 1; in iteration it = 1, 2, ... a host with
 * it * weight >= target takes the next free slot of its permutation (offset + skip * j) mod M, and target += the largest
 * weight, weights being normalised.
 * Differs from the source: none.
 * @param size a prime number of slots
 */
export function maglevTable(hosts: readonly HashedHost[], size: number): Int32Array {
  const table = new Int32Array(size).fill(-1)
  if (hosts.length === 0) return table
  const sorted = hosts.toSorted((a, b) => compareText(a.key, b.key))
  const total = hosts.reduce((sum, { weight }) => sum + weight, 0)
  const weights = sorted.map(({ weight }) => weight / total)
  const largest = weights.reduce((max, weight) => Math.max(max, weight), 0)
  const names = sorted.map(({ key }) => encodeUtf8(key))
  const slots = names.map((name) => Number(xxh64(name) % BigInt(size)))
  const skips = names.map((name) => Number(xxh64(name, 1n) % BigInt(size - 1)) + 1)
  const targets = new Float64Array(hosts.length)
  let filled = 0
  for (let iteration = 1; filled < size; iteration++) {
    for (let host = 0; host < sorted.length && filled < size; host++) {
      if (iteration * weights[host]! < targets[host]!) continue
      targets[host] = targets[host]! + largest
      let slot = slots[host]!
      while (table[slot] !== -1) slot = (slot + skips[host]!) % size
      table[slot] = sorted[host]!.member
      slots[host] = (slot + skips[host]!) % size
      filled += 1
    }
  }
  return table
}

/** By UTF-16 code units, which for addresses is the order of bytes. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
