// Load balancing in turn, in proportion to weights and evenly interleaved.

import { SCANNED_TARGETS_MAX, type Balancer, type BalancerDefinition, type BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'
import { SmoothWeights } from './smooth-weights.ts'
import { TargetHeap } from './target-heap.ts'

/**
 * nginx's smooth weighted round robin.
 *
 * Source: nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_peer: for every eligible peer
 * current_weight += effective_weight, total += effective_weight, and effective_weight += 1 while it is below weight; the
 * largest current_weight wins, the first on ties; the winner's current_weight -= total. On a failure
 * (ngx_http_upstream_free_round_robin_peer) effective_weight -= weight / max_fails, not below 0.
 * Differs from the source: none.
 */
class SmoothWeightedBalancer implements Balancer {
  readonly #eligible: EligibleTargets
  readonly #weights: SmoothWeights

  constructor(options: BalancerOptions) {
    this.#eligible = new EligibleTargets(options.targets)
    this.#weights = new SmoothWeights(options)
  }

  pick(): number {
    const { members, count } = this.#eligible
    const { configured, effective, current } = this.#weights
    let best = -1
    let bestCurrent = 0
    let total = 0
    for (let position = 0; position < count; position++) {
      const target = members[position]!
      const weight = effective[target]!
      const credit = current[target]! + weight
      current[target] = credit
      total += weight
      if (weight < configured[target]!) effective[target] = weight + 1
      if (best === -1 || credit > bestCurrent) {
        best = target
        bestCurrent = credit
      }
    }
    if (best !== -1) current[best] = bestCurrent - total
    return best
  }

  opened(): void {
    // Turns do not depend on what is under way.
  }

  closed(): void {
    // Turns do not depend on what is under way.
  }

  failed(target: number): void {
    this.#weights.penalise(target)
  }

  setEligible(target: number, eligible: boolean): void {
    this.#eligible.set(target, eligible)
  }
}

/**
 * Weighted turns in O(log targets): every target is due once per 1 / weight of virtual time, the earliest is picked.
 *
 * Source: A. Demers, S. Keshav, S. Shenker, "Analysis and simulation of a fair queueing algorithm", SIGCOMM 1989,
 * section 2: F_i = S_i + P_i with S_i = max(F_(i-1), R(t_i)), the smallest F first; here P_i = 1 / weight.
 * Differs from the source: a target that joins is due no earlier than half its period after the last pick, so that many
 * that join together are spread evenly; equal due times go by target number.
 */
class DueTimeBalancer implements Balancer {
  readonly #heap: TargetHeap
  readonly #weights: SmoothWeights
  /** Virtual time of the last pick, in a typed array because it is written at every pick. */
  readonly #now = new Float64Array(1)
  readonly #eligible: Uint8Array

  constructor(options: BalancerOptions) {
    this.#heap = new TargetHeap(options.targets)
    this.#weights = new SmoothWeights(options)
    this.#eligible = new Uint8Array(options.targets)
  }

  pick(): number {
    const target = this.#heap.first()
    if (target === -1) return -1
    const due = this.#heap.key(target)
    this.#now[0] = due
    this.#heap.setKey(target, due + 1 / this.#weights.configured[target]!, 0)
    return target
  }

  opened(): void {
    // Turns do not depend on what is under way.
  }

  closed(): void {
    // Turns do not depend on what is under way.
  }

  failed(): void {
    // Due times follow the configured weights only.
  }

  setEligible(target: number, eligible: boolean): void {
    if ((this.#eligible[target] === 1) === eligible) return
    this.#eligible[target] = eligible ? 1 : 0
    if (!eligible) this.#heap.delete(target)
    else {
      const joinsAt = this.#now[0]! + 0.5 / this.#weights.configured[target]!
      this.#heap.setKey(target, Math.max(this.#heap.key(target), joinsAt), 0)
      this.#heap.add(target)
    }
  }
}

/** Smooth weighted round robin. */
export const weightedRoundRobin: BalancerDefinition = {
  id: 'weighted_round_robin',
  label: 'Weighted round robin',
  help: 'Sends requests in turn, each instance as often as its weight says, evenly interleaved. The exact sequence of nginx.',
  source: 'nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_peer',
  differs:
    'Exact up to 64 instances. Above that the instance whose turn is due first in virtual time is picked (fair queueing): equal shares and equally smooth, but another sequence, and failures do not lower weights.',
  weighted: true,
  create: (options) =>
    options.targets <= SCANNED_TARGETS_MAX ? new SmoothWeightedBalancer(options) : new DueTimeBalancer(options),
}
