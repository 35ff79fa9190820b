// The table of HAProxy's map-based algorithms: every target as often as its weight says.

import { weightsOf } from './keyed-options.ts'
import { MarkedTargets } from './marked-targets.ts'
import type { BalancerOptions } from './balancer.ts'

/**
 * The map, made anew when targets have come or gone.
 *
 * Source: HAProxy 2.6, src/lb_map.c, init_server_map and recalc_server_map: weights are divided by their greatest common
 * divisor; for each of the total's slots every target's score grows by its weight, the largest
 * (score + total) / total in whole numbers wins, the first on ties, and pays the total.
 * Differs from the source: none.
 */
export class HaproxyMap {
  readonly eligible: MarkedTargets
  private readonly weights: readonly number[]
  private version = -1
  private slots: Int32Array = new Int32Array(0)

  constructor(options: BalancerOptions) {
    const weights = weightsOf(options)
    const divisor = weights.reduce(greatestCommonDivisor)
    this.weights = weights.map((weight) => weight / divisor)
    this.eligible = new MarkedTargets(options.targets)
  }

  /** Target by slot; empty when none is eligible. */
  current(): Int32Array {
    if (this.version !== this.eligible.version) {
      this.version = this.eligible.version
      this.slots = this.recalculated()
    }
    return this.slots
  }

  private recalculated(): Int32Array {
    const targets = this.eligible.list()
    const weights = targets.map((target) => this.weights[target]!)
    // With equal weights each slot goes to the next target in turn, which needs no scores.
    if (weights.every((weight) => weight === 1)) return Int32Array.from(targets)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const scores = new Int32Array(targets.length)
    const slots = new Int32Array(total)
    for (let slot = 0; slot < total; slot++) {
      const best = addWeights(scores, weights, total)
      slots[slot] = targets[best]!
      scores[best] = scores[best]! - total
    }
    return slots
  }
}

/** Steps of making the map: every target's score for every slot. */
export function mapSteps(weights: readonly number[]): number {
  const divisor = weights.reduce(greatestCommonDivisor, 0)
  const slots = weights.reduce((sum, weight) => sum + weight, 0) / divisor
  return slots === weights.length ? slots : slots * weights.length
}

/** Gives every target its weight; answers which wins the slot. */
function addWeights(scores: Int32Array, weights: readonly number[], total: number): number {
  let best = 0
  let most = -1
  for (let place = 0; place < scores.length; place++) {
    const score = scores[place]! + weights[place]!
    scores[place] = score
    const value = Math.floor((score + total) / total)
    if (value <= most) continue
    most = value
    best = place
  }
  return best
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b]
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
