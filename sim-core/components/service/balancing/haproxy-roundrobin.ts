// Load balancing in weighted turns by trees, as HAProxy's roundrobin does it.

import type { BalancerDefinition, BalancerOptions } from './balancer.ts'
import { EFFECTIVE_WEIGHT_MAX, HAPROXY_WEIGHT_MAX, WEIGHT_SCALE } from './haproxy-weights.ts'
import { weightsOf } from './keyed-options.ts'
import { ObliviousBalancer } from './oblivious-balancer.ts'
import { OrderedTree } from './ordered-tree.ts'

/** Where a target is: in no tree, or in one of the three. */
const NOWHERE = 3

/**
 * Fast weighted round robin.
 *
 * Source: HAProxy 2.6, src/lb_fwrr.c: targets of equal weight wait in the tree `init`, heaviest first; a pick takes the
 * first of the tree `curr` if its position npos is reached, else the first of `init`, else the former. Its npos (the
 * present position at first) moves by next_weight / eweight, remainders adding up in rweight, and it is queued under
 * 256 npos + (4096 + rweight - eweight) / 16 in `curr`, or in `next` where npos is beyond this round. When `curr` and
 * `init` are empty, `next` becomes `init` and the position starts at the total weight.
 * Differs from the source: targets come and go at once, where HAProxy makes a change of weights known at the next round.
 */
class FastWeightedRoundRobin extends ObliviousBalancer {
  private readonly weights: Int32Array
  private readonly positions: Float64Array
  private readonly remainders: Int32Array
  /** `curr`, and the two that take turns as `init` and `next`. */
  private readonly trees: readonly [OrderedTree, OrderedTree, OrderedTree]
  private readonly treeOf: Uint8Array
  private initTree: 1 | 2 = 1
  private position = 0
  private roundWeight = 0
  private totalWeight = 0
  private isStarted = false

  constructor(options: BalancerOptions) {
    super()
    const { targets } = options
    this.weights = Int32Array.from(weightsOf(options), (weight) => weight * WEIGHT_SCALE)
    this.positions = new Float64Array(targets)
    this.remainders = new Int32Array(targets)
    this.trees = [new OrderedTree(targets), new OrderedTree(targets), new OrderedTree(targets)]
    this.treeOf = new Uint8Array(targets).fill(NOWHERE)
  }

  pick(): number {
    if (this.totalWeight === 0) return -1
    if (!this.isStarted) {
      this.isStarted = true
      this.position = this.roundWeight = this.totalWeight
    }
    let target = this.first()
    if (target === -1) {
      this.initTree = this.initTree === 1 ? 2 : 1
      this.position = this.roundWeight = this.totalWeight
      target = this.first()
    }
    this.advance(target)
    this.trees[this.treeOf[target] as 0 | 1 | 2].delete(target)
    this.position += 1
    this.queue(target)
    return target
  }

  setEligible(target: number, eligible: boolean): void {
    const isIn = this.treeOf[target] !== NOWHERE
    if (isIn === eligible) return
    const weight = this.weights[target]!
    if (!eligible) {
      this.totalWeight -= weight
      this.trees[this.treeOf[target] as 0 | 1 | 2].delete(target)
      this.treeOf[target] = NOWHERE
      return
    }
    this.totalWeight += weight
    if (this.isStarted) {
      this.positions[target] = this.position
      this.advance(target)
      this.queue(target)
    } else this.queueByWeight(this.initTree, target)
  }

  /** The next target, made ready if it was waiting in `init`; -1 when the round is over. */
  private first(): number {
    const current = this.trees[0].first()
    if (current !== -1 && this.positions[current]! <= this.position) return current
    const waiting = this.trees[this.initTree].first()
    if (waiting === -1) return current
    this.positions[waiting] = 0
    this.remainders[waiting] = 0
    return waiting
  }

  private advance(target: number): void {
    const weight = this.weights[target]!
    // Zero stands for a target that has just come, as a position is always after the first pick.
    const before = this.positions[target]! || this.position
    const step = Math.floor(this.totalWeight / weight)
    const remainder = this.remainders[target]! + (this.totalWeight - step * weight)
    const carry = remainder >= weight ? 1 : 0
    this.positions[target] = before + step + carry
    this.remainders[target] = remainder - carry * weight
  }

  private queue(target: number): void {
    const position = this.positions[target]!
    if (position >= 2 * this.roundWeight || position >= this.roundWeight + this.totalWeight) {
      this.positions[target] = position - this.roundWeight
      this.queueByWeight(this.initTree === 1 ? 2 : 1, target)
      return
    }
    const roundness = Math.floor(
      (EFFECTIVE_WEIGHT_MAX + this.remainders[target]! - this.weights[target]!) / WEIGHT_SCALE,
    )
    this.trees[0].add(target, HAPROXY_WEIGHT_MAX * position + roundness)
    this.treeOf[target] = 0
  }

  private queueByWeight(tree: 1 | 2, target: number): void {
    this.trees[tree].add(target, EFFECTIVE_WEIGHT_MAX - this.weights[target]!)
    this.treeOf[target] = tree
  }
}

/** HAProxy's roundrobin. */
export const haproxyRoundrobin: BalancerDefinition = {
  id: 'haproxy_roundrobin',
  label: 'Round robin (HAProxy)',
  help: 'Sends requests in turn, each instance as often as its weight says. The sequence of HAProxy, which differs from that of nginx.',
  source: 'HAProxy 2.6, src/lb_fwrr.c',
  differs: 'Instances come and go at once, where HAProxy makes a change of weights known at the next round.',
  weighted: true,
  weightMax: HAPROXY_WEIGHT_MAX,
  create: (options) => new FastWeightedRoundRobin(options),
}
