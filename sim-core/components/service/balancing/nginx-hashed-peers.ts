// What nginx's hashing balancers share: peers that are down still count, and after many tries the turn decides.

import type { Balancer, BalancerOptions } from './balancer.ts'
import { keyedOptions, type KeyedOptions } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

/** Peers that are tried by hash before weighted round robin takes over; one more than this is looked at. */
const TRIES_MAX = 20

/**
 * A balancer that asks for one peer after the other until it finds one that is up.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_hash_module.c and ngx_http_upstream_ip_hash_module.c: after more
 * than 20 tries, and where there is a single peer, ngx_http_upstream_get_round_robin_peer decides.
 * Differs from the source: none.
 */
export abstract class NginxHashedPeers implements Balancer {
  protected readonly options: KeyedOptions
  /** Peers in the configuration, up or down. */
  protected readonly members: MarkedTargets
  private readonly eligible: MarkedTargets
  private readonly fallback: Balancer

  constructor(options: BalancerOptions, members: MarkedTargets) {
    this.options = keyedOptions(options)
    this.members = members
    this.eligible = new MarkedTargets(options.targets)
    this.fallback = weightedRoundRobin.create(options)
    for (let target = 0; target < options.targets; target++) members.set(target, true)
  }

  pick(key: number): number {
    if (this.eligible.count === 0) return -1
    if (this.members.count > 1) {
      this.begin(key)
      for (let tries = 0; tries <= TRIES_MAX; tries++) {
        const target = this.next(tries)
        if (this.eligible.has(target)) return target
      }
    }
    return this.fallback.pick(key)
  }

  opened(target: number): void {
    this.fallback.opened(target)
  }

  closed(target: number): void {
    this.fallback.closed(target)
  }

  failed(target: number): void {
    this.fallback.failed(target)
  }

  setEligible(target: number, eligible: boolean): void {
    this.eligible.set(target, eligible)
    this.fallback.setEligible(target, eligible)
  }

  setMember(target: number, isMember: boolean): void {
    this.members.set(target, isMember)
  }

  /** Hashes the key of a request. */
  protected abstract begin(key: number): void
  /** The peer that the hash leads to at a try, counted from 0; asked in order. */
  protected abstract next(tries: number): number
}
