// Load balancing to the least loaded of two or more targets drawn at random.

import type { RandomStream } from '../../../kernel/random.ts'
import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'

/** Choices of a request where nothing is said. */
const CHOICES = 2

/**
 * Of d choices, the one with the fewest requests under way wins, the first drawn on a tie.
 *
 * Source: M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst.
 * 12(10), 2001, section 1: each customer chooses d servers independently and uniformly at random and waits for service at
 * the one with the fewest customers.
 * Differs from the source: see `differs` below.
 */
class PowerOfTwoBalancer implements Balancer {
  readonly #eligible: EligibleTargets
  readonly #active: Int32Array
  readonly #stream: RandomStream
  readonly #choices: number
  readonly #replacement: boolean
  /** Positions drawn so far for the present request, in ascending order. */
  readonly #drawn: Int32Array

  constructor(options: BalancerOptions) {
    const { choices = CHOICES, replacement = false } = options.parameters ?? {}
    this.#choices = choices
    this.#replacement = replacement
    this.#drawn = new Int32Array(choices)
    this.#eligible = new EligibleTargets(options.targets)
    this.#active = new Int32Array(options.targets)
    this.#stream = options.stream
  }

  pick(): number {
    const { members, count } = this.#eligible
    if (count === 0) return -1
    if (count === 1) return members[0]!
    const choices = this.#replacement ? this.#choices : Math.min(this.#choices, count)
    let best = -1
    for (let draws = 0; draws < choices; draws++) {
      const position = this.#replacement ? this.#stream.nextBelow(count) : this.#drawAnother(draws, count)
      const target = members[position]!
      if (best === -1 || this.#active[target]! < this.#active[best]!) best = target
    }
    return best
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

  /** A position that is none of the `draws` drawn before; it is noted among them. */
  #drawAnother(draws: number, count: number): number {
    const drawn = this.#drawn
    let position = this.#stream.nextBelow(count - draws)
    let place = 0
    while (place < draws && drawn[place]! <= position) {
      position += 1
      place += 1
    }
    drawn.copyWithin(place + 1, place, draws)
    drawn[place] = position
    return position
  }
}

/** Power of two choices. */
export const powerOfTwo: BalancerDefinition = {
  id: 'power_of_two',
  label: 'Power of two choices',
  help: 'Draws two instances, or as many as `choices` says, at random and takes the one with the fewest requests under way. Nearly as even as least connections, without looking at all of them.',
  source:
    'M. Mitzenmacher, "The power of two choices in randomized load balancing", IEEE Trans. Parallel Distrib. Syst. 12(10), 2001, section 1',
  differs:
    'The instances are different ones, where the source draws them independently, as `replacement` does. Ties go to the first drawn.',
  weighted: false,
  parameters: ['choices', 'replacement'],
  create: (options) => new PowerOfTwoBalancer(options),
}
