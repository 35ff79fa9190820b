// Load balancing by rendezvous hashing, as Caddy's header, uri and cookie policies do it.

import { rendezvousWinner } from '../../../hashing/rendezvous.ts'
import { encodeUtf8 } from '../../../hashing/utf8.ts'
import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'
import { keyedOptions } from './keyed-options.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'
import { RememberedChoices } from './remembered-choices.ts'
import type { RequestKeys } from './request-keys.ts'

/**
 * The eligible target whose name hashes highest together with the key.
 *
 * Source: Caddy 2.6, modules/caddyhttp/reverseproxy/selectionpolicies.go, hostByHashing.
 * Differs from the source: the answer for a key is remembered while the targets stay the same, which changes no choice.
 */
class RendezvousBalancer extends ObliviousBalancer {
  private readonly keys: RequestKeys
  private readonly names: readonly Uint8Array[]
  private readonly eligible: EligibleTargets
  private readonly remembered: RememberedChoices
  private version = 1

  constructor(options: BalancerOptions) {
    super()
    const { keys, addresses } = keyedOptions(options)
    this.keys = keys
    this.names = addresses.map(encodeUtf8)
    this.eligible = new EligibleTargets(options.targets)
    this.remembered = new RememberedChoices(keys.count)
  }

  pick(key: number): number {
    const known = this.remembered.get(key, this.version)
    if (known !== -1) return known
    const start = this.keys.load(key)
    const { members, count } = this.eligible
    const winner = rendezvousWinner(this.keys.bytes, start, this.names, members, count)
    this.remembered.set(key, this.version, winner)
    return winner
  }

  setEligible(target: number, eligible: boolean): void {
    if (this.eligible.set(target, eligible)) this.version += 1
  }
}

/** Caddy's rendezvous hashing. */
export const rendezvous: BalancerDefinition = {
  id: 'rendezvous',
  label: 'Rendezvous hash (Caddy)',
  help: 'Sends all requests for a key to the instance whose name and the key hash highest together. A change of the instances moves only the keys of the changed ones.',
  source:
    'D. G. Thaler, C. V. Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", IEEE/ACM Trans. Netw. 6(1), 1998, section III; Caddy 2.6, selectionpolicies.go, hostByHashing',
  differs: 'The answer for a key is remembered while the instances stay the same, which changes no choice.',
  weighted: false,
  keyed: 'own',
  create: (options) => new RendezvousBalancer(options),
}
