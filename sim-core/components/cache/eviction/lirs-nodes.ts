// The blocks that LIRS knows of: resident ones and those it remembers, in its stack and in its two queues.

import { EntryRings } from './entry-rings.ts'
import { grownFloat64, grownInt32, grownUint8 } from './grown-array.ts'
import type { PolicyOptions } from './eviction.ts'
import { createKeyIndex, type KeyIndex } from './key-index.ts'
import { MarkedIndex } from './marked-index.ts'

/** Nodes made room for at first; doubled when they are used up. */
const NODES_AT_FIRST = 1024

/** End of the chain of free nodes, and the entry of a node that is not resident. */
const NONE = -1

/** The only ring of the stack. */
const STACK = 0

/** Queues: resident blocks of high inter-reference recency, and remembered blocks by when they were evicted. */
const RESIDENT = 0
const REMEMBERED = 1

/** Bits of a node's state. */
const LOW_BIT = 1
const STACK_BIT = 2

/** Nodes with their key, entry and weight. The stack is ordered by recency; its bottom is its oldest node. */
export class LirsNodes {
  readonly #options: Pick<PolicyOptions, 'universe' | 'indexesEveryKey' | 'unit'>
  readonly #stack = new EntryRings(1)
  readonly #queues = new EntryRings(2)
  #slots = NODES_AT_FIRST
  /** Key of a node; of a free one the next free one. */
  #keys = new Int32Array(NODES_AT_FIRST)
  #entries = new Int32Array(NODES_AT_FIRST)
  /** Absent where every node weighs 1: that is one place in memory less to look at. */
  #weights: Float64Array | undefined
  #states = new Uint8Array(NODES_AT_FIRST)
  /** Nodes of the remembered keys. */
  #index: KeyIndex
  #nodeOfEntry = new Int32Array(0)
  #firstFree = NONE
  #firstUnused = 0
  readonly #stackWeight = new Float64Array(1)

  constructor(options: Pick<PolicyOptions, 'universe' | 'indexesEveryKey' | 'unit'>) {
    const { universe, indexesEveryKey, unit } = options
    this.#options = options
    if (unit === 'bytes') this.#weights = new Float64Array(NODES_AT_FIRST)
    this.#index = indexesEveryKey ? new MarkedIndex(universe) : createKeyIndex(universe, NODES_AT_FIRST)
    this.#stack.grow(NODES_AT_FIRST)
    this.#queues.grow(NODES_AT_FIRST)
  }

  /** Sum of the weights in the stack. */
  get stackWeight(): number {
    return this.#stackWeight[0]!
  }

  /** Makes room for entries up to `slots - 1`. */
  growEntries(slots: number): void {
    this.#nodeOfEntry = grownInt32(this.#nodeOfEntry, slots)
  }

  /** The node of a resident entry. */
  ofEntry(entry: number): number {
    return this.#nodeOfEntry[entry]!
  }

  /** The node of a remembered key or -1. */
  remembered(key: number): number {
    return this.#index.find(key)
  }

  /** The resident entry of a node. */
  entryOf(node: number): number {
    return this.#entries[node]!
  }

  weightOf(node: number): number {
    return this.#weights === undefined ? 1 : this.#weights[node]!
  }

  isLow(node: number): boolean {
    return (this.#states[node]! & LOW_BIT) !== 0
  }

  isInStack(node: number): boolean {
    return (this.#states[node]! & STACK_BIT) !== 0
  }

  setLow(node: number, isLow: boolean): void {
    this.#states[node] = isLow ? this.#states[node]! | LOW_BIT : this.#states[node]! & ~LOW_BIT
  }

  /** A new node for a resident entry, in no order. */
  create(key: number, entry: number, weight: number): number {
    const node = this.#takeFree()
    this.#keys[node] = key
    if (this.#weights !== undefined) this.#weights[node] = weight
    this.#states[node] = 0
    this.#entries[node] = entry
    this.#nodeOfEntry[entry] = node
    return node
  }

  /** A remembered node becomes resident again: it stays in the stack. */
  revive(node: number, entry: number, weight: number): void {
    this.#forgetIndex(node)
    if (this.#weights !== undefined) {
      this.#stackWeight[0] = this.#stackWeight[0]! - this.#weights[node]! + weight
      this.#weights[node] = weight
    }
    this.#entries[node] = entry
    this.#nodeOfEntry[entry] = node
  }

  /** A resident node of the stack is evicted but remembered. */
  remember(node: number): void {
    this.#entries[node] = NONE
    this.#index.add(this.#keys[node]!, node)
    this.#queues.add(REMEMBERED, node)
  }

  /** The bottom of the stack, or negative. */
  bottom(): number {
    return this.#stack.oldest(STACK)
  }

  /** To the top of the stack, from wherever it is. */
  toTop(node: number): void {
    if (this.isInStack(node)) {
      this.#stack.renew(STACK, node)
      return
    }
    this.#states[node] = this.#states[node]! | STACK_BIT
    this.#stackWeight[0] = this.#stackWeight[0]! + this.weightOf(node)
    this.#stack.add(STACK, node)
  }

  /** Out of the stack; a node that is not resident is forgotten with it. */
  leaveStack(node: number): void {
    this.#states[node] = this.#states[node]! & ~STACK_BIT
    this.#stackWeight[0] = this.#stackWeight[0]! - this.weightOf(node)
    this.#stack.delete(node)
    if (this.#entries[node] !== NONE) return
    this.#forgetIndex(node)
    this.free(node)
  }

  enqueue(node: number): void {
    this.#queues.add(RESIDENT, node)
  }

  requeue(node: number): void {
    this.#queues.renew(RESIDENT, node)
  }

  dequeue(node: number): void {
    this.#queues.delete(node)
  }

  /** The head of the queue of resident blocks, or negative. */
  queueHead(): number {
    return this.#queues.oldest(RESIDENT)
  }

  /** The block remembered longest, or negative. */
  oldestRemembered(): number {
    return this.#queues.oldest(REMEMBERED)
  }

  /** Gives a node back that is in no order. */
  free(node: number): void {
    this.#keys[node] = this.#firstFree
    this.#firstFree = node
  }

  clear(): void {
    this.#stack.clear()
    this.#queues.clear()
    this.#index.clear()
    this.#firstFree = NONE
    this.#firstUnused = 0
    this.#stackWeight[0] = 0
  }

  /** Takes a remembered node out of the index and the queue of remembered blocks. */
  #forgetIndex(node: number): void {
    this.#index.delete(this.#keys[node]!)
    this.#queues.delete(node)
  }

  #takeFree(): number {
    const free = this.#firstFree
    if (free !== NONE) {
      this.#firstFree = this.#keys[free]!
      return free
    }
    if (this.#firstUnused === this.#slots) this.#grow()
    this.#firstUnused += 1
    return this.#firstUnused - 1
  }

  #grow(): void {
    const present = this.#slots
    this.#slots = 2 * present
    this.#keys = grownInt32(this.#keys, this.#slots)
    this.#entries = grownInt32(this.#entries, this.#slots)
    if (this.#weights !== undefined) this.#weights = grownFloat64(this.#weights, this.#slots)
    this.#states = grownUint8(this.#states, this.#slots)
    this.#stack.grow(this.#slots)
    this.#queues.grow(this.#slots)
    // An index of every key has room for any node.
    if (this.#options.indexesEveryKey) return
    this.#index = createKeyIndex(this.#options.universe, this.#slots)
    for (let node = 0; node < present; node++) {
      if (this.#entries[node] === NONE) this.#index.add(this.#keys[node]!, node)
    }
  }
}
