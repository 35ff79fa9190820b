// Load balancing on a ring, as Envoy's ring_hash does it.

import { envoyRing } from '../../../hashing/envoy-ring.ts'
import { HashRing64 } from '../../../hashing/hash-ring-64.ts'
import type { BalancerDefinition, BalancerOptions, BalancerParameters } from './balancer.ts'
import { KeyHashes } from './key-hashes.ts'
import { keyedOptions, type KeyedOptions } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'

/** Envoy's defaults of minimum_ring_size and maximum_ring_size. */
const RING_SIZE_MIN = 1024
const RING_SIZE_MAX = 8_388_608

/**
 * A ring over the eligible hosts, made anew when they change.
 *
 * Source: Envoy 1.30, source/extensions/load_balancing_policies/ring_hash/ring_hash_lb.cc: the first point at or after
 * xxHash64(key).
 * Differs from the source: none.
 */
class RingHashBalancer extends ObliviousBalancer {
  private readonly options: KeyedOptions
  private readonly sizeMin: number
  private readonly sizeMax: number
  private readonly eligible: MarkedTargets
  private readonly hashes: KeyHashes
  private version = -1
  private ring = new HashRing64([], [])

  constructor(options: BalancerOptions) {
    super()
    this.options = keyedOptions(options)
    this.sizeMin = options.parameters?.ringSize ?? RING_SIZE_MIN
    this.sizeMax = options.parameters?.ringSizeMax ?? RING_SIZE_MAX
    this.eligible = new MarkedTargets(options.targets)
    this.hashes = new KeyHashes(this.options.keys)
  }

  pick(key: number): number {
    if (this.eligible.count === 0) return -1
    if (this.version !== this.eligible.version) this.rebuild()
    const { hashes } = this
    hashes.load(key)
    return this.ring.ownerOf(hashes.high, hashes.low)
  }

  setEligible(target: number, eligible: boolean): void {
    this.eligible.set(target, eligible)
  }

  private rebuild(): void {
    const { addresses, weights } = this.options
    const hosts = this.eligible.list().map((member) => ({ member, key: addresses[member]!, weight: weights[member]! }))
    this.ring = envoyRing(hosts, this.sizeMin, this.sizeMax)
    this.version = this.eligible.version
  }
}

/** Steps of hashing and sorting one point. */
const STEPS_PER_POINT = 100

function ringSteps(weights: readonly number[], { ringSize, ringSizeMax }: BalancerParameters): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const least = weights.reduce((min, weight) => Math.min(min, weight / total), 1)
  const points = Math.ceil(least * (ringSize ?? RING_SIZE_MIN)) / least
  return STEPS_PER_POINT * Math.min(points, ringSizeMax ?? RING_SIZE_MAX)
}

/** Envoy's ring_hash. */
export const ringHash: BalancerDefinition = {
  id: 'ring_hash',
  label: 'Ring hash (Envoy)',
  help: 'Sends all requests for a key to the same instance, by a ring of `ring_size` points. A change of the instances moves few keys of the others.',
  source: 'Envoy 1.30, source/extensions/load_balancing_policies/ring_hash/ring_hash_lb.cc',
  differs: '',
  weighted: true,
  keyed: 'few',
  parameters: ['ringSize', 'ringSizeMax'],
  tableSteps: ringSteps,
  create: (options) => new RingHashBalancer(options),
}
