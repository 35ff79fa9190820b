// Which targets may be picked, as marks and as a list that is brought up to date when it is next asked for.

import { invariant } from '../../../kernel/invariant.ts'

/** A set of targets for balancers that derive a table from it: changes are cheap, and one look tells whether any came. */
export class MarkedTargets {
  /** [target] = 1 for members. */
  readonly marks: Uint8Array
  /** Grows with every change. */
  version = 0
  count = 0

  /** @param targets number of targets, none of them a member yet. */
  constructor(targets: number) {
    invariant(Number.isInteger(targets) && targets >= 1, 'a balancer needs at least one target')
    this.marks = new Uint8Array(targets)
  }

  has(target: number): boolean {
    return this.marks[target] === 1
  }

  /** Lets a target in or out; answers whether that changed anything. */
  set(target: number, isMember: boolean): boolean {
    const mark = isMember ? 1 : 0
    if (this.marks[target] === mark) return false
    this.marks[target] = mark
    this.count += isMember ? 1 : -1
    this.version += 1
    return true
  }

  /** The members in ascending order, in a fresh list. */
  list(): number[] {
    const members: number[] = []
    for (let target = 0; target < this.marks.length; target++) if (this.marks[target] === 1) members.push(target)
    return members
  }
}
