// Zone awareness on top of any algorithm: a request stays in its zone as long as anybody there can serve it.

import type { InstanceRule } from './instance-rule.ts'
import type { Balancer } from './balancer.ts'

/**
 * A balancer per zone, and one over all targets for zones in which none is eligible.
 *
 * Source: Kubernetes 1.33 documentation, "Service: Traffic distribution", PreferClose: endpoints of the client's zone are
 * preferred, others are used when there is none.
 * Differs from the source: see `differs` below.
 */
export class ZonedBalancer implements Balancer {
  readonly zones: number
  /** Zone that the next request comes from; set before each pick. */
  zone = 0
  private readonly all: Balancer
  private readonly byZone: readonly Balancer[]

  /** @param create makes one balancer over all targets; target t is in zone t mod zones. */
  constructor(zones: number, create: () => Balancer) {
    this.zones = zones
    this.all = create()
    this.byZone = Array.from({ length: zones }, create)
  }

  /** The zone of a target. */
  zoneOf(target: number): number {
    return target % this.zones
  }

  pick(key: number): number {
    const target = this.byZone[this.zone]!.pick(key)
    return target === -1 ? this.all.pick(key) : target
  }

  opened(target: number): void {
    this.byZone[this.zoneOf(target)]!.opened(target)
    this.all.opened(target)
  }

  closed(target: number): void {
    this.byZone[this.zoneOf(target)]!.closed(target)
    this.all.closed(target)
  }

  failed(target: number): void {
    this.byZone[this.zoneOf(target)]!.failed(target)
    this.all.failed(target)
  }

  setEligible(target: number, eligible: boolean): void {
    this.byZone[this.zoneOf(target)]!.setEligible(target, eligible)
    this.all.setEligible(target, eligible)
  }

  setMember(target: number, isMember: boolean): void {
    this.byZone[this.zoneOf(target)]!.setMember?.(target, isMember)
    this.all.setMember?.(target, isMember)
  }

  answered(target: number, latencyNs: number): void {
    this.byZone[this.zoneOf(target)]!.answered?.(target, latencyNs)
    this.all.answered?.(target, latencyNs)
  }
}

/** Zone awareness. */
export const zoneAwareness: InstanceRule = {
  id: 'zones',
  label: 'Zone awareness (Kubernetes)',
  help: 'Requests stay in their zone while anybody there can serve them.',
  source: 'Kubernetes 1.33 documentation, "Service: Traffic distribution", PreferClose.',
  differs: 'Health counts, where Kubernetes looks at readiness alone.',
}
