// Load balancing to the first target that has room, as HAProxy's first does it.

import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { MarkedTargets } from './marked-targets.ts'
import { TargetHeap } from './target-heap.ts'

/**
 * The lowest target below its limit of requests under way.
 *
 * Source: HAProxy 2.6, src/lb_fas.c, fas_get_next_server.
 * Differs from the source: where all are full, HAProxy keeps the request until any has room; here it goes to the target
 * with the fewest under way, the first on ties.
 */
class FirstBalancer implements Balancer {
  private readonly limit: number
  private readonly active: Int32Array
  private readonly eligible: MarkedTargets
  /** Those with room, by number, and all eligible ones, by requests under way. */
  private readonly withRoom: TargetHeap
  private readonly byLoad: TargetHeap

  constructor(options: BalancerOptions) {
    this.limit = options.parameters?.maxConnections ?? Infinity
    this.active = new Int32Array(options.targets)
    this.eligible = new MarkedTargets(options.targets)
    this.withRoom = new TargetHeap(options.targets)
    this.byLoad = new TargetHeap(options.targets)
  }

  pick(): number {
    const target = this.withRoom.first()
    return target === -1 ? this.byLoad.first() : target
  }

  opened(target: number): void {
    this.changeActive(target, 1)
  }

  closed(target: number): void {
    this.changeActive(target, -1)
  }

  failed(): void {
    // Choices do not depend on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    if (!this.eligible.set(target, eligible)) return
    if (eligible) this.byLoad.add(target)
    else this.byLoad.delete(target)
    this.placeByRoom(target)
  }

  private changeActive(target: number, change: 1 | -1): void {
    const active = this.active[target]! + change
    this.active[target] = active
    this.byLoad.setKey(target, active, 0)
    this.placeByRoom(target)
  }

  private placeByRoom(target: number): void {
    if (this.eligible.has(target) && this.active[target]! < this.limit) this.withRoom.add(target)
    else this.withRoom.delete(target)
  }
}

/** HAProxy's first. */
export const first: BalancerDefinition = {
  id: 'first',
  label: 'First with room (HAProxy)',
  help: 'Fills one instance up to `max_connections` requests under way before the next one gets any, so that instances that are not needed can be stopped.',
  source: 'HAProxy 2.6, src/lb_fas.c, fas_get_next_server',
  differs:
    'Where all are full, HAProxy keeps the request until any has room; here it goes to the instance with the fewest under way.',
  weighted: false,
  uneven: true,
  parameters: ['maxConnections'],
  create: (options) => new FirstBalancer(options),
}
