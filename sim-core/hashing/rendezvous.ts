// Rendezvous hashing, highest random weight: every member bids for a key and the highest bid wins.

import { fnv1a32, fnv1a32Continued } from './fnv1a.ts'

/**
 * The member that wins a key: the highest FNV-1a of the key's text followed by the member's name, the first on ties.
 *
 * Source: D. G. Thaler, C. V. Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM Trans. Netw. 6(1),
 * 1998, section III; hash and tie rule of Caddy 2.6, modules/caddyhttp/reverseproxy/selectionpolicies.go, hostByHashing.
 * Differs from the source: none.
 * @param bytes the key's text from `start` on
 * @param names the members' names as bytes
 * @param members which of the names take part; -1 is answered when none does
 */
export function rendezvousWinner(
  bytes: Uint8Array,
  start: number,
  names: readonly Uint8Array[],
  members: ArrayLike<number>,
  count: number,
): number {
  const prefix = fnv1a32(bytes, start)
  let winner = -1
  let highest = -1
  for (let place = 0; place < count; place++) {
    const bid = fnv1a32Continued(prefix, names[members[place]!]!)
    if (bid <= highest) continue
    highest = bid
    winner = members[place]!
  }
  return winner
}
