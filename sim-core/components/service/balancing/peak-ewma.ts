// Load balancing by expected latency, as Finagle's peak EWMA does it.

import { exp } from '../../../kernel/deterministic-math.ts'
import type { RandomStream } from '../../../kernel/random.ts'
import type { Balancer, BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EligibleTargets } from './eligible-targets.ts'

/** Finagle's default of the decay time: 10 s. */
const DECAY_NS = 10e9

/** Load of a target that has requests under way and has never answered: worse than any latency. */
const PENALTY_NS = 2 ** 47

/**
 * The less loaded of two targets drawn at random, the load being latency times requests.
 *
 * Source: Finagle 22.12, finagle-core, com.twitter.finagle.loadbalancer.PeakEwma and p2c.P2CPick: at an answer after rtt,
 * t after the last one, cost = rtt if rtt > cost, else cost * w + rtt * (1 - w) with w = exp(-t / decay); looking at it
 * counts as an answer after 0. Load is cost * (pending + 1), or the penalty plus pending while cost is 0 and pending is not.
 * Differs from the source: none.
 */
class PeakEwmaBalancer implements Balancer {
  private readonly eligible: EligibleTargets
  private readonly stream: RandomStream
  private readonly clock: Float64Array
  private readonly decayNs: number
  private readonly pending: Int32Array
  /** [target] = cost in ns, and when it was observed last. */
  private readonly costs: Float64Array
  private readonly stamps: Float64Array

  constructor(options: BalancerOptions) {
    this.eligible = new EligibleTargets(options.targets)
    this.stream = options.stream
    this.clock = options.clock ?? new Float64Array(1)
    this.decayNs = options.parameters?.decayNs ?? DECAY_NS
    this.pending = new Int32Array(options.targets)
    this.costs = new Float64Array(options.targets)
    this.stamps = new Float64Array(options.targets)
  }

  pick(): number {
    const { members, count } = this.eligible
    if (count <= 1) return count === 0 ? -1 : members[0]!
    const firstPosition = this.stream.nextBelow(count)
    const draw = this.stream.nextBelow(count - 1)
    const first = members[firstPosition]!
    const second = members[draw < firstPosition ? draw : draw + 1]!
    this.observe(first, 0)
    this.observe(second, 0)
    return this.load(second) < this.load(first) ? second : first
  }

  opened(target: number): void {
    this.pending[target] = this.pending[target]! + 1
  }

  closed(target: number): void {
    this.pending[target] = this.pending[target]! - 1
  }

  failed(): void {
    // A failure counts by how long it took, as any answer.
  }

  answered(target: number, latencyNs: number): void {
    this.observe(target, latencyNs)
  }

  setEligible(target: number, eligible: boolean): void {
    this.eligible.set(target, eligible)
  }

  private observe(target: number, latencyNs: number): void {
    const nowNs = this.clock[0]!
    const cost = this.costs[target]!
    if (latencyNs > cost) this.costs[target] = latencyNs
    else if (cost > 0) {
      const kept = exp((this.stamps[target]! - nowNs) / this.decayNs)
      this.costs[target] = cost * kept + latencyNs * (1 - kept)
    }
    this.stamps[target] = nowNs
  }

  private load(target: number): number {
    const cost = this.costs[target]!
    const pending = this.pending[target]!
    return cost === 0 && pending !== 0 ? PENALTY_NS + pending : cost * (pending + 1)
  }
}

/** Finagle's peak EWMA. */
export const peakEwma: BalancerDefinition = {
  id: 'peak_ewma',
  label: 'Peak EWMA (Finagle)',
  help: 'Draws two instances at random and takes the one whose recent latency, times its requests under way, is lower. Latencies count at once when they rise and are forgotten over `decay`.',
  source: 'Finagle 22.12, finagle-core, com.twitter.finagle.loadbalancer.PeakEwma and p2c.P2CPick',
  differs: '',
  weighted: false,
  parameters: ['decayNs'],
  create: (options) => new PeakEwmaBalancer(options),
}
