// Load balancing in the turns of a table, as HAProxy's static-rr does it.

import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { HaproxyMap, mapSteps } from './haproxy-map.ts'
import { HAPROXY_WEIGHT_MAX } from './haproxy-weights.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'

/**
 * Slot after slot of the map.
 *
 * Source: HAProxy 2.6, src/lb_map.c, map_get_server_rr.
 * Differs from the source: none.
 */
class StaticRoundRobin extends ObliviousBalancer {
  private readonly map: HaproxyMap
  private next = 0

  constructor(options: BalancerOptions) {
    super()
    this.map = new HaproxyMap(options)
  }

  pick(): number {
    const slots = this.map.current()
    if (slots.length === 0) return -1
    const slot = this.next < slots.length ? this.next : 0
    this.next = slot + 1
    return slots[slot]!
  }

  setEligible(target: number, eligible: boolean): void {
    this.map.eligible.set(target, eligible)
  }
}

/** HAProxy's static-rr. */
export const haproxyStaticRr: BalancerDefinition = {
  id: 'haproxy_static_rr',
  label: 'Static round robin (HAProxy)',
  help: 'Sends requests in the turns of a table that has every instance as often as its weight says.',
  source: 'HAProxy 2.6, src/lb_map.c, map_get_server_rr and recalc_server_map',
  differs: '',
  weighted: true,
  weightMax: HAPROXY_WEIGHT_MAX,
  tableSteps: mapSteps,
  create: (options) => new StaticRoundRobin(options),
}
