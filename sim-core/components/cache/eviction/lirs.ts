// Eviction by the time between the last two accesses of a key, its inter-reference recency.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy, PolicyOptions, Residents } from './eviction.ts'
import { LirsNodes } from './lirs-nodes.ts'

/** Share of the capacity for blocks of high inter-reference recency. */
const HIGH_SHARE = 0.01

/** Weight of the stack, remembered blocks included, in capacities. */
const STACK_CAPACITIES = 2

/** The key that comes in is not remembered. */
const UNKNOWN = -1

/** Places of the weights of the resident blocks of low and of high inter-reference recency. */
const LOW = 0
const HIGH = 1

/**
 * Low inter-reference recency set.
 *
 * Source: S. Jiang, X. Zhang, "LIRS: an efficient low inter-reference recency set replacement policy to improve buffer
 * cache performance", SIGMETRICS 2002, section 3.3: (1) an LIR block accessed moves to the top of stack S, and if it was
 * the bottom, S is pruned; (2) a resident HIR block accessed moves to the top of S; if it was in S it becomes LIR, leaves
 * queue Q, the LIR block at the bottom of S becomes HIR and goes to the end of Q, and S is pruned; else it moves to the end
 * of Q; (3) on a miss the front of Q is evicted and stays in S as non-resident; the new block goes to the top of S, as LIR
 * if it was in S (with the demotion and pruning of 2), else as HIR at the end of Q. Until the LIR set is full, blocks
 * enter it. Differs from the source: see `differs` below.
 */
class LirsOrder implements EvictionPolicy {
  readonly #residents: Residents
  readonly #nodes: LirsNodes
  readonly #lowLimit: number
  readonly #stackLimit: number
  readonly #weights = new Float64Array(2)
  #returning = UNKNOWN

  constructor(options: PolicyOptions, residents: Residents) {
    const { capacity } = options
    this.#residents = residents
    this.#nodes = new LirsNodes(options)
    this.#lowLimit = capacity - Math.max(1, Math.floor(capacity * HIGH_SHARE))
    this.#stackLimit = STACK_CAPACITIES * capacity
  }

  grow(slots: number): void {
    this.#nodes.growEntries(slots)
  }

  admits(key: number): boolean {
    this.#returning = this.#nodes.remembered(key)
    return true
  }

  evict(): number {
    const nodes = this.#nodes
    if (nodes.queueHead() < 0) this.#demoteBottom()
    const node = nodes.queueHead()
    const victim = nodes.entryOf(node)
    this.#weigh(HIGH, -nodes.weightOf(node))
    nodes.dequeue(node)
    if (nodes.isInStack(node)) nodes.remember(node)
    else nodes.free(node)
    this.#limitStack()
    return victim
  }

  inserted(entry: number): void {
    const nodes = this.#nodes
    const weight = this.#residents.weight(entry)
    // Making room may have pushed the key out of the stack.
    const returning = this.#returning >= 0 ? nodes.remembered(this.#residents.keyOf(entry)) : UNKNOWN
    if (returning >= 0) {
      nodes.revive(returning, entry, weight)
      nodes.toTop(returning)
      this.#raise(returning)
    } else {
      const node = nodes.create(this.#residents.keyOf(entry), entry, weight)
      nodes.toTop(node)
      if (this.#weights[LOW]! + weight <= this.#lowLimit) {
        nodes.setLow(node, true)
        this.#weigh(LOW, weight)
        this.#prune()
      } else {
        nodes.enqueue(node)
        this.#weigh(HIGH, weight)
      }
    }
    this.#limitStack()
  }

  touched(entry: number): void {
    const nodes = this.#nodes
    const node = nodes.ofEntry(entry)
    if (nodes.isLow(node)) {
      const wasBottom = nodes.bottom() === node
      nodes.toTop(node)
      if (wasBottom) this.#prune()
    } else if (nodes.isInStack(node)) {
      nodes.toTop(node)
      nodes.dequeue(node)
      this.#weigh(HIGH, -nodes.weightOf(node))
      this.#raise(node)
    } else {
      nodes.toTop(node)
      nodes.requeue(node)
      this.#limitStack()
    }
  }

  removed(entry: number): void {
    const nodes = this.#nodes
    const node = nodes.ofEntry(entry)
    const isLow = nodes.isLow(node)
    this.#weigh(isLow ? LOW : HIGH, -nodes.weightOf(node))
    if (!isLow) nodes.dequeue(node)
    if (nodes.isInStack(node)) nodes.leaveStack(node)
    nodes.free(node)
    if (isLow) this.#prune()
  }

  cleared(): void {
    this.#nodes.clear()
    this.#weights.fill(0)
  }

  #weigh(set: number, weight: number): void {
    this.#weights[set] = this.#weights[set]! + weight
  }

  /** A block at the top of the stack becomes LIR; those at the bottom become HIR until the set fits. */
  #raise(node: number): void {
    this.#nodes.setLow(node, true)
    this.#weigh(LOW, this.#nodes.weightOf(node))
    this.#prune()
    while (this.#weights[LOW]! > this.#lowLimit) this.#demoteBottom()
  }

  /** The LIR block at the bottom of the stack becomes a resident HIR block at the end of the queue. */
  #demoteBottom(): void {
    const nodes = this.#nodes
    const node = nodes.bottom()
    const weight = nodes.weightOf(node)
    nodes.setLow(node, false)
    nodes.leaveStack(node)
    nodes.enqueue(node)
    this.#weigh(LOW, -weight)
    this.#weigh(HIGH, weight)
    this.#prune()
  }

  /** Stack pruning: the bottom of the stack is an LIR block, if there is any. */
  #prune(): void {
    if (this.#weights[LOW] === 0) return
    const nodes = this.#nodes
    for (let node = nodes.bottom(); node >= 0 && !nodes.isLow(node); node = nodes.bottom()) nodes.leaveStack(node)
  }

  #limitStack(): void {
    const nodes = this.#nodes
    while (nodes.stackWeight > this.#stackLimit) {
      const oldest = nodes.oldestRemembered()
      if (oldest < 0) return
      nodes.leaveStack(oldest)
    }
  }
}

/** LIRS. */
export const lirs = definePolicy({
  id: 'lirs',
  label: 'LIRS',
  help: 'Keeps the keys whose last two accesses were close together; the others pass through 1 % of the room. Withstands scans and loops that are a little too long.',
  source:
    'S. Jiang, X. Zhang, "LIRS: an efficient low inter-reference recency set replacement policy to improve buffer cache performance", SIGMETRICS 2002, section 3.3',
  differs:
    'The stack is limited to twice the capacity: the block evicted longest ago is forgotten first. The two sets are measured in entries or in bytes, as the capacity is; large blocks may leave the HIR set above its 1 %.',
  createPolicy: (options, residents) => new LirsOrder(options, residents),
})
