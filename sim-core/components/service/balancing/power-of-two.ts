// Load balancing to the less loaded of two targets drawn at random.

import type { RandomStream } from '../../../kernel/random.ts'
import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'

/**
 * Two choices, the one with fewer requests under way wins, the first drawn on a tie.
 *
 * Source: M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst.
 * 12(10), 2001, section 1: each customer chooses d servers independently and uniformly at random and waits for service at
 * the one with the fewest customers; here d = 2.
 * Differs from the source: see `differs` below.
 */
class PowerOfTwoBalancer implements Balancer {
  readonly #eligible: EligibleTargets
  readonly #active: Int32Array
  readonly #stream: RandomStream

  constructor(options: BalancerOptions) {
    this.#eligible = new EligibleTargets(options.targets)
    this.#active = new Int32Array(options.targets)
    this.#stream = options.stream
  }

  pick(): number {
    const { members, count } = this.#eligible
    if (count === 0) return -1
    if (count === 1) return members[0]!
    const firstPosition = this.#stream.nextBelow(count)
    const draw = this.#stream.nextBelow(count - 1)
    const first = members[firstPosition]!
    const second = members[draw < firstPosition ? draw : draw + 1]!
    return this.#active[second]! < this.#active[first]! ? second : first
  }

  opened(target: number): void {
    this.#active[target] = this.#active[target]! + 1
  }

  closed(target: number): void {
    this.#active[target] = this.#active[target]! - 1
  }

  failed(): void {
    // Choices depend on what is under way, not on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    this.#eligible.set(target, eligible)
  }
}

/** Power of two choices. */
export const powerOfTwo: BalancerDefinition = {
  id: 'power_of_two',
  label: 'Power of two choices',
  help: 'Draws two instances at random and takes the one with fewer requests under way. Nearly as even as least connections, without looking at all of them.',
  source:
    'M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst. 12(10), 2001, section 1',
  differs:
    'The two instances are always different ones, where the source draws them independently. Ties go to the first drawn.',
  weighted: false,
  create: (options) => new PowerOfTwoBalancer(options),
}
