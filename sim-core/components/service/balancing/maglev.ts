// Load balancing by a lookup table, as Envoy's maglev does it.

import { maglevTable } from '../../../hashing/maglev.ts'
import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { KeyHashes } from './key-hashes.ts'
import { keyedOptions, type KeyedOptions } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'

/** Envoy's default of table_size. */
const TABLE_SIZE = 65_537

const TWO_POW_32 = 4_294_967_296

/**
 * A table over the eligible hosts, made anew when they change.
 *
 * Source: Envoy 1.30, source/extensions/load_balancing_policies/maglev/maglev_lb.cc: slot xxHash64(key) mod size.
 * Differs from the source: none.
 */
class MaglevBalancer extends ObliviousBalancer {
  private readonly options: KeyedOptions
  private readonly size: number
  private readonly eligible: MarkedTargets
  private readonly hashes: KeyHashes
  private version = -1
  private table: Int32Array = new Int32Array(0)

  constructor(options: BalancerOptions) {
    super()
    this.options = keyedOptions(options)
    this.size = options.parameters?.tableSize ?? TABLE_SIZE
    this.eligible = new MarkedTargets(options.targets)
    this.hashes = new KeyHashes(this.options.keys)
  }

  pick(key: number): number {
    if (this.eligible.count === 0) return -1
    if (this.version !== this.eligible.version) this.rebuild()
    const { hashes, size } = this
    hashes.load(key)
    // Exact in a double: the product stays below size squared, and sizes below 2^23.
    return this.table[((hashes.high % size) * (TWO_POW_32 % size) + hashes.low) % size]!
  }

  setEligible(target: number, eligible: boolean): void {
    this.eligible.set(target, eligible)
  }

  private rebuild(): void {
    const { addresses, weights } = this.options
    const hosts = this.eligible.list().map((member) => ({ member, key: addresses[member]!, weight: weights[member]! }))
    this.table = maglevTable(hosts, this.size)
    this.version = this.eligible.version
  }
}

/** Envoy's maglev. */
export const maglev: BalancerDefinition = {
  id: 'maglev',
  label: 'Maglev (Envoy)',
  help: 'Sends all requests for a key to the same instance, by a table of `table_size` slots that divides keys more evenly than a ring. A change of the instances moves few keys of the others.',
  source:
    'D. E. Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI 2016, section 3.4; Envoy 1.30, source/extensions/load_balancing_policies/maglev/maglev_lb.cc',
  differs: '',
  weighted: true,
  keyed: 'few',
  parameters: ['tableSize'],
  tableSteps: (weights, { tableSize = TABLE_SIZE }) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const largest = weights.reduce((max, weight) => Math.max(max, weight), 0)
    // A round gives slots to the heaviest only, while all are looked at.
    return (tableSize * weights.length * largest) / total
  },
  create: (options) => new MaglevBalancer(options),
}
