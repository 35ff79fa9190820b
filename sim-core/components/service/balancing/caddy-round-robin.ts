// Load balancing in turn, as Caddy's round_robin does it.

import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { MarkedTargets } from './marked-targets.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'

/**
 * A counter over all configured upstreams, up or down.
 *
 * Source: Caddy 2.6, modules/caddyhttp/reverseproxy/selectionpolicies.go, RoundRobinSelection.Select: as often as there
 * are upstreams, the counter goes up by one and upstream counter % upstreams is taken if it is available.
 * Differs from the source: none.
 */
class CaddyRoundRobin extends ObliviousBalancer {
  private readonly members: MarkedTargets
  private readonly eligible: MarkedTargets
  private order: Int32Array = new Int32Array(0)
  private version = -1
  private counter = 0

  constructor({ targets }: BalancerOptions) {
    super()
    this.members = new MarkedTargets(targets)
    this.eligible = new MarkedTargets(targets)
    for (let target = 0; target < targets; target++) this.members.set(target, true)
  }

  pick(): number {
    if (this.eligible.count === 0) return -1
    if (this.version !== this.members.version) {
      this.version = this.members.version
      this.order = Int32Array.from(this.members.list())
    }
    const order = this.order
    for (let tries = order.length; tries > 0; tries--) {
      this.counter = (this.counter + 1) >>> 0
      const target = order[this.counter % order.length]!
      if (this.eligible.has(target)) return target
    }
    return -1
  }

  setEligible(target: number, eligible: boolean): void {
    this.eligible.set(target, eligible)
  }

  setMember(target: number, isMember: boolean): void {
    this.members.set(target, isMember)
  }
}

/** Caddy's round_robin. */
export const caddyRoundRobin: BalancerDefinition = {
  id: 'caddy_round_robin',
  label: 'Round robin (Caddy)',
  help: 'Sends requests in turn over all instances, beginning with the second; the turn of one that is down goes to its successor.',
  source: 'Caddy 2.6, modules/caddyhttp/reverseproxy/selectionpolicies.go, RoundRobinSelection.Select',
  differs: '',
  weighted: false,
  create: (options) => new CaddyRoundRobin(options),
}
