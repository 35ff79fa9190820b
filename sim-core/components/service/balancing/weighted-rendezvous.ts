// Load balancing by rendezvous hashing with weights.

import { fnv1a32Continued } from '../../../hashing/fnv1a.ts'
import { fullAvalanche } from '../../../hashing/full-avalanche.ts'
import { encodeUtf8 } from '../../../hashing/utf8.ts'
import { log } from '../../../kernel/deterministic-math.ts'
import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'
import { keyedOptions, type KeyedOptions } from './keyed-options.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'
import { RememberedChoices } from './remembered-choices.ts'

const TWO_POW_MINUS_32 = 1 / 4_294_967_296

/**
 * The eligible target with the highest -weight / ln(u), u being the hash of key and target as a number in (0, 1).
 *
 * Source: C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables", SPAA 2005, section 3 (logarithmic method):
 * the smallest -ln(1 - h) / w; 1 - h and h are alike, and the reciprocal turns smallest into highest.
 * Differs from the source: one hash, FNV-1a with an avalanche, in place of ideal ones; the answer for a key is remembered
 * while the targets stay the same.
 */
class WeightedRendezvousBalancer extends ObliviousBalancer {
  private readonly options: KeyedOptions
  private readonly prefixes: Uint32Array
  private readonly eligible: EligibleTargets
  private readonly remembered: RememberedChoices
  private version = 1

  constructor(options: BalancerOptions) {
    super()
    this.options = keyedOptions(options)
    this.prefixes = Uint32Array.from(this.options.addresses, (address) =>
      fnv1a32Continued(fullAvalanche(address.length), encodeUtf8(address)),
    )
    this.eligible = new EligibleTargets(options.targets)
    this.remembered = new RememberedChoices(this.options.keys.count)
  }

  pick(key: number): number {
    const known = this.remembered.get(key, this.version)
    if (known !== -1) return known
    const { keys, weights } = this.options
    const start = keys.load(key)
    const { members, count } = this.eligible
    let winner = -1
    let highest = -1
    for (let place = 0; place < count; place++) {
      const target = members[place]!
      const hash = fullAvalanche(fnv1a32Continued(this.prefixes[target]!, keys.bytes, start))
      const score = -weights[target]! / log((hash + 0.5) * TWO_POW_MINUS_32)
      if (score <= highest) continue
      highest = score
      winner = target
    }
    this.remembered.set(key, this.version, winner)
    return winner
  }

  setEligible(target: number, eligible: boolean): void {
    if (this.eligible.set(target, eligible)) this.version += 1
  }
}

/** Weighted rendezvous hashing. */
export const weightedRendezvous: BalancerDefinition = {
  id: 'weighted_rendezvous',
  label: 'Weighted rendezvous hash',
  help: 'Sends all requests for a key to the same instance, each instance having keys in proportion to its weight. A change of the instances moves only the keys of the changed ones.',
  source:
    'C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables", SPAA 2005, section 3 (logarithmic method)',
  differs: 'FNV-1a with an avalanche in place of ideal hashes.',
  weighted: true,
  keyed: 'own',
  create: (options) => new WeightedRendezvousBalancer(options),
}
