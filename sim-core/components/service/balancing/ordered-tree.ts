// Targets in order of a key, those of one key in the order in which they came: what HAProxy's elastic binary trees give.

import { TargetHeap } from './target-heap.ts'

/**
 * A queue by key; each operation O(log members).
 *
 * Source: HAProxy 2.6, src/eb32tree.c: entries of equal keys are found in the order of their insertion.
 * Differs from the source: a heap in place of an elastic binary tree, with the same order.
 */
export class OrderedTree {
  private readonly heap: TargetHeap
  private arrivals = 0

  /** @param targets number of targets, none of them a member yet. */
  constructor(targets: number) {
    this.heap = new TargetHeap(targets)
  }

  /** The first member or -1. */
  first(): number {
    return this.heap.first()
  }

  /** Puts a target, which is no member, behind the others of the same key. */
  add(target: number, key: number): void {
    this.heap.setKey(target, key, this.arrivals)
    this.arrivals += 1
    this.heap.add(target)
  }

  /** Takes a target out; nothing if it is no member. */
  delete(target: number): void {
    this.heap.delete(target)
  }

  /** The key that a target had when it was added last. */
  key(target: number): number {
    return this.heap.key(target)
  }
}
