// Load balancing by chance in proportion to weights.

import type { RandomStream } from '../../../kernel/random.ts'
import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { weightsOf } from './keyed-options.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'
import { WeightWalk } from './weight-walk.ts'

/** Draws a place on the line of all weights. */
class WeightedRandomBalancer extends ObliviousBalancer {
  private readonly walk: WeightWalk
  private readonly stream: RandomStream

  constructor(options: BalancerOptions) {
    super()
    this.walk = new WeightWalk(weightsOf(options))
    this.stream = options.stream
  }

  pick(): number {
    if (this.walk.members.count === 0) return -1
    return this.walk.at(Math.floor(this.stream.nextUnit() * this.walk.total))
  }

  setEligible(target: number, eligible: boolean): void {
    this.walk.members.set(target, eligible)
  }
}

/** Weighted random. */
export const weightedRandom: BalancerDefinition = {
  id: 'weighted_random',
  label: 'Weighted random',
  help: 'Sends each request to an instance drawn at random, each as likely as its weight says.',
  source:
    'L. Devroye, "Non-Uniform Random Variate Generation", 1986, section III.2 (inversion of a discrete distribution by binary search)',
  differs: '',
  weighted: true,
  create: (options) => new WeightedRandomBalancer(options),
}
