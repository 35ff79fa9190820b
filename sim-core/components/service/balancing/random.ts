// Load balancing by chance alone.

import type { RandomStream } from '../../../kernel/random.ts'
import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'

/** Picks uniformly among the eligible targets, independently of every other pick. */
class RandomBalancer implements Balancer {
  readonly #eligible: EligibleTargets
  readonly #stream: RandomStream

  constructor(options: BalancerOptions) {
    this.#eligible = new EligibleTargets(options.targets)
    this.#stream = options.stream
  }

  pick(): number {
    const { members, count } = this.#eligible
    return count === 0 ? -1 : members[this.#stream.nextBelow(count)]!
  }

  opened(): void {
    // Chance does not depend on what is under way.
  }

  closed(): void {
    // Chance does not depend on what is under way.
  }

  failed(): void {
    // Chance does not depend on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    this.#eligible.set(target, eligible)
  }
}

/** Uniformly random. */
export const random: BalancerDefinition = {
  id: 'random',
  label: 'Random',
  help: 'Sends each request to an instance drawn at random. Splits Poisson traffic into Poisson traffic, as theory assumes.',
  source:
    'J. F. C. Kingman, "Poisson Processes", 1993, section 5.1 (colouring theorem): the parts of a randomly split Poisson stream are independent Poisson streams',
  differs: '',
  weighted: false,
  create: (options) => new RandomBalancer(options),
}
