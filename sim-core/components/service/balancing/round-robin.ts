// Load balancing in turn over the eligible targets.

import type { Balancer, BalancerDefinition } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'

/** Picks the eligible target that follows the last pick in configuration order, starting over after the last one. */
class RoundRobinBalancer implements Balancer {
  readonly #eligible: EligibleTargets
  #lastTarget = -1
  /** Position among the eligible targets to pick next. */
  #next = 0

  constructor(targets: number) {
    this.#eligible = new EligibleTargets(targets)
  }

  pick(): number {
    const eligible = this.#eligible
    if (eligible.count === 0) return -1
    const position = this.#next < eligible.count ? this.#next : 0
    const target = eligible.members[position]!
    this.#next = position + 1
    this.#lastTarget = target
    return target
  }

  opened(): void {
    // Turns do not depend on what is under way.
  }

  closed(): void {
    // Turns do not depend on what is under way.
  }

  failed(): void {
    // Turns do not depend on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    if (this.#eligible.set(target, eligible)) this.#next = this.#eligible.positionFrom(this.#lastTarget + 1)
  }
}

/** Round robin. */
export const roundRobin: BalancerDefinition = {
  id: 'round_robin',
  label: 'Round robin',
  help: 'Sends requests to the instances in turn. Even in numbers of requests, blind to how long they take.',
  source:
    'nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_peer, with all weights equal and no failures',
  differs:
    'An instance that joins takes its turn in configuration order, without the credit that smooth weighting keeps.',
  weighted: false,
  create: (options) => new RoundRobinBalancer(options.targets),
}
