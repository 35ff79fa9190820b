// Load balancing to the target with the fewest requests under way, as HAProxy's leastconn does it.

import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EFFECTIVE_WEIGHT_MAX, HAPROXY_WEIGHT_MAX, WEIGHT_SCALE } from './haproxy-weights.ts'
import { weightsOf } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { OrderedTree } from './ordered-tree.ts'

/**
 * Fast weighted least connections.
 *
 * Source: HAProxy 2.6, src/lb_fwlc.c: the target of the lowest key, key = served ? (served + 1) * 4096 / eweight : 0 in
 * whole numbers with eweight = 16 weight; a target whose key changes goes behind the others of its new key.
 * Differs from the source: none.
 */
class FastLeastConnections implements Balancer {
  private readonly weights: Int32Array
  private readonly served: Int32Array
  private readonly tree: OrderedTree
  private readonly eligible: MarkedTargets

  constructor(options: BalancerOptions) {
    this.weights = Int32Array.from(weightsOf(options), (weight) => weight * WEIGHT_SCALE)
    this.served = new Int32Array(options.targets)
    this.tree = new OrderedTree(options.targets)
    this.eligible = new MarkedTargets(options.targets)
  }

  pick(): number {
    return this.tree.first()
  }

  opened(target: number): void {
    this.changeServed(target, 1)
  }

  closed(target: number): void {
    this.changeServed(target, -1)
  }

  failed(): void {
    // Keys depend on what is under way, not on failures.
  }

  setEligible(target: number, eligible: boolean): void {
    if (!this.eligible.set(target, eligible)) return
    if (eligible) this.tree.add(target, this.keyOf(target))
    else this.tree.delete(target)
  }

  private changeServed(target: number, change: 1 | -1): void {
    this.served[target] = this.served[target]! + change
    if (!this.eligible.has(target)) return
    const key = this.keyOf(target)
    if (key === this.tree.key(target)) return
    this.tree.delete(target)
    this.tree.add(target, key)
  }

  private keyOf(target: number): number {
    const served = this.served[target]!
    return served === 0 ? 0 : Math.floor(((served + 1) * EFFECTIVE_WEIGHT_MAX) / this.weights[target]!)
  }
}

/** HAProxy's leastconn. */
export const haproxyLeastconn: BalancerDefinition = {
  id: 'haproxy_leastconn',
  label: 'Least connections (HAProxy)',
  help: 'Sends each request to the instance with the fewest requests under way for its weight; among equals to that which has waited longest. The sequence of HAProxy.',
  source: 'HAProxy 2.6, src/lb_fwlc.c',
  differs: '',
  weighted: true,
  weightMax: HAPROXY_WEIGHT_MAX,
  create: (options) => new FastLeastConnections(options),
}
