// Finds the target at a place of the line on which every target takes as much room as its weight.

import { MarkedTargets } from './marked-targets.ts'

/** Weights of the members laid end to end; a place is found in O(log members). */
export class WeightWalk {
  readonly members: MarkedTargets
  private readonly weights: readonly number[]
  private version = -1
  private order: Int32Array = new Int32Array(0)
  /** [place in the order] = sum of the weights up to and with it. */
  private ends: Float64Array = new Float64Array(0)

  /** @param weights one per target; none is a member yet. */
  constructor(weights: readonly number[]) {
    this.weights = weights
    this.members = new MarkedTargets(weights.length)
  }

  /** Sum of the weights of the members. */
  get total(): number {
    this.refresh()
    return this.ends.at(-1) ?? 0
  }

  /** The member at a place from 0 to total - 1. */
  at(place: number): number {
    this.refresh()
    const ends = this.ends
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ends[middle]! <= place) low = middle + 1
      else high = middle
    }
    return this.order[low]!
  }

  private refresh(): void {
    if (this.version === this.members.version) return
    this.version = this.members.version
    this.order = Int32Array.from(this.members.list())
    let sum = 0
    this.ends = Float64Array.from(this.order, (target) => (sum += this.weights[target]!))
  }
}
