// The targets that may be picked, packed in ascending order.

import { invariant } from '../../../kernel/invariant.ts'

/** A sorted set of targets: reading is one array access, joining and leaving shift the later members. */
export class EligibleTargets {
  /** The first `count` cells are the eligible targets in ascending order. */
  readonly members: Int32Array
  #count = 0
  readonly #targets: number

  /** @param targets number of targets, none of them eligible yet. */
  constructor(targets: number) {
    invariant(Number.isInteger(targets) && targets >= 1, 'a balancer needs at least one target')
    this.#targets = targets
    this.members = new Int32Array(targets)
  }

  /** Number of eligible targets. */
  get count(): number {
    return this.#count
  }

  /** Lets a target in or out; returns whether that changed anything. */
  set(target: number, eligible: boolean): boolean {
    invariant(target >= 0 && target < this.#targets, 'a target is a number below the number of targets')
    const position = this.positionFrom(target)
    const present = position < this.#count && this.members[position] === target
    if (present === eligible) return false
    if (eligible) {
      this.members.copyWithin(position + 1, position, this.#count)
      this.members[position] = target
      this.#count += 1
    } else {
      this.members.copyWithin(position, position + 1, this.#count)
      this.#count -= 1
    }
    return true
  }

  /** Position of the first member that is the target or comes after it; `count` when there is none. */
  positionFrom(target: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.members[middle]! < target) low = middle + 1
      else high = middle
    }
    return low
  }
}
