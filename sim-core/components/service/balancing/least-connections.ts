// Load balancing to the target with the fewest requests under way for its weight.

import { SCANNED_TARGETS_MAX, type Balancer, type BalancerDefinition, type BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'
import { SmoothWeights } from './smooth-weights.ts'
import { TargetHeap } from './target-heap.ts'

/**
 * nginx's least_conn.
 *
 * Source: nginx 1.22, src/http/modules/ngx_http_upstream_least_conn_module.c, ngx_http_upstream_get_least_conn_peer: the
 * peer with the smallest conns / weight, compared as conns * other.weight < other.conns * weight; when several are equal,
 * one pass of smooth weighted round robin among those decides, and only their current weights move.
 * Differs from the source: none.
 */
class ScannedLeastConnections implements Balancer {
  readonly #eligible: EligibleTargets
  readonly #weights: SmoothWeights
  readonly #active: Int32Array
  /** Those among which a tie is being broken, in ascending order. */
  readonly #tied: Int32Array

  constructor(options: BalancerOptions) {
    this.#eligible = new EligibleTargets(options.targets)
    this.#weights = new SmoothWeights(options)
    this.#active = new Int32Array(options.targets)
    this.#tied = new Int32Array(options.targets)
  }

  pick(): number {
    if (this.#eligible.count === 0) return -1
    const tied = this.#weights.areEqual ? this.#fewestActive() : this.#smallestLoad()
    return tied === 1 ? this.#tied[0]! : this.#breakTie(tied)
  }

  opened(target: number): void {
    this.#active[target] = this.#active[target]! + 1
  }

  closed(target: number): void {
    this.#active[target] = this.#active[target]! - 1
  }

  failed(target: number): void {
    this.#weights.penalise(target)
  }

  setEligible(target: number, eligible: boolean): void {
    this.#eligible.set(target, eligible)
  }

  /**
   * Gathers the members with the fewest requests under way and answers how many there are. Which of them these are is
   * hard to foresee, so there are no branches on it: a mispredicted one costs more than the whole step.
   */
  #fewestActive(): number {
    const { members, count } = this.#eligible
    const active = this.#active
    const tied = this.#tied
    let fewest = active[members[0]!]!
    for (let position = 1; position < count; position++) {
      const less = active[members[position]!]! - fewest
      fewest += less & (less >> 31)
    }
    let length = 0
    for (let position = 0; position < count; position++) {
      const target = members[position]!
      tied[length] = target
      length += (active[target]! - fewest - 1) >>> 31
    }
    return length
  }

  /** The same by requests under way per weight. */
  #smallestLoad(): number {
    const { members, count } = this.#eligible
    const active = this.#active
    const tied = this.#tied
    const { configured } = this.#weights
    let best = members[0]!
    let length = 0
    for (let position = 0; position < count; position++) {
      const target = members[position]!
      const load = active[target]! * configured[best]!
      const bestLoad = active[best]! * configured[target]!
      if (load > bestLoad) continue
      if (load < bestLoad) {
        best = target
        length = 0
      }
      tied[length++] = target
    }
    return length
  }

  /** Smooth weighted round robin among the first `length` of the tied. */
  #breakTie(length: number): number {
    const tied = this.#tied
    const { configured, effective, current } = this.#weights
    let best = -1
    let bestCurrent = 0
    let total = 0
    for (let i = 0; i < length; i++) {
      const target = tied[i]!
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
    current[best] = bestCurrent - total
    return best
  }
}

/**
 * Least connections in O(log targets): a heap by active / weight, ties by weighted turns in virtual time.
 *
 * Source of the turns: A. Demers, S. Keshav, S. Shenker, "Analysis and simulation of a fair queueing algorithm", SIGCOMM
 * 1989, section 2: F_i = S_i + P_i with S_i = max(F_(i-1), R(t_i)), the smallest F first; here P_i = 1 / weight.
 * Differs from the source: R(t) is the largest F that was served; equal F go by target number.
 */
class HeapLeastConnections implements Balancer {
  /** Key: active / weight; tie: when the turn of the target is due. */
  readonly #heap: TargetHeap
  readonly #weights: SmoothWeights
  readonly #active: Int32Array
  /** Virtual time of the turns, in a typed array because it is written at every request. */
  readonly #now = new Float64Array(1)

  constructor(options: BalancerOptions) {
    this.#heap = new TargetHeap(options.targets)
    this.#weights = new SmoothWeights(options)
    this.#active = new Int32Array(options.targets)
    for (let target = 0; target < options.targets; target++) {
      this.#heap.setKey(target, 0, 1 / this.#weights.configured[target]!)
    }
  }

  pick(): number {
    return this.#heap.first()
  }

  opened(target: number): void {
    const now = Math.max(this.#now[0]!, this.#heap.tie(target))
    this.#now[0] = now
    this.#setActive(target, this.#active[target]! + 1, now + 1 / this.#weights.configured[target]!)
  }

  closed(target: number): void {
    this.#setActive(target, this.#active[target]! - 1, this.#heap.tie(target))
  }

  failed(): void {
    // Loads and turns follow the configured weights only.
  }

  setEligible(target: number, eligible: boolean): void {
    if (eligible) this.#heap.add(target)
    else this.#heap.delete(target)
  }

  #setActive(target: number, active: number, due: number): void {
    this.#active[target] = active
    this.#heap.setKey(target, active / this.#weights.configured[target]!, due)
  }
}

/** Least connections. */
export const leastConnections: BalancerDefinition = {
  id: 'least_connections',
  label: 'Least connections',
  help: 'Sends each request to the instance with the fewest requests under way for its weight. Adapts to slow instances.',
  source: 'nginx 1.22, src/http/modules/ngx_http_upstream_least_conn_module.c, ngx_http_upstream_get_least_conn_peer',
  differs:
    'Exact up to 64 instances. Above that ties go to the instance whose weighted turn is due first in virtual time (fair queueing), where nginx runs smooth weighted round robin among the tied, and failures do not lower weights.',
  weighted: true,
  create: (options) =>
    options.targets <= SCANNED_TARGETS_MAX ? new ScannedLeastConnections(options) : new HeapLeastConnections(options),
}
