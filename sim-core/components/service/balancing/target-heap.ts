// An addressable binary heap of targets: what balancers of many targets pick the smallest from.

const ABSENT = -1

/**
 * Targets ordered by (key, tie, number), smallest first; each operation O(log members), nothing allocated.
 *
 * Source: J. W. J. Williams, "Algorithm 232: Heapsort", Comm. ACM 7(6), 1964.
 * Differs from the source: the position of every target is kept, so that any of them can be moved or removed.
 */
export class TargetHeap {
  readonly #heap: Int32Array
  readonly #positions: Int32Array
  readonly #keys: Float64Array
  readonly #ties: Float64Array
  #length = 0

  /** @param targets number of targets, none of them a member yet, all keys and ties 0. */
  constructor(targets: number) {
    this.#heap = new Int32Array(targets)
    this.#positions = new Int32Array(targets).fill(ABSENT)
    this.#keys = new Float64Array(targets)
    this.#ties = new Float64Array(targets)
  }

  /** The smallest member or -1. */
  first(): number {
    return this.#length === 0 ? -1 : this.#heap[0]!
  }

  /** The key of a target, member or not. */
  key(target: number): number {
    return this.#keys[target]!
  }

  /** The tie breaker of a target, member or not. */
  tie(target: number): number {
    return this.#ties[target]!
  }

  /** Changes the place of a target in the order, member or not. */
  setKey(target: number, key: number, tie: number): void {
    this.#keys[target] = key
    this.#ties[target] = tie
    const position = this.#positions[target]!
    if (position !== ABSENT) this.#settle(position, target)
  }

  /** Makes a target a member; nothing if it is one. */
  add(target: number): void {
    if (this.#positions[target] !== ABSENT) return
    this.#length += 1
    this.#settle(this.#length - 1, target)
  }

  /** Takes a target out; nothing if it is no member. */
  delete(target: number): void {
    const position = this.#positions[target]!
    if (position === ABSENT) return
    this.#positions[target] = ABSENT
    this.#length -= 1
    if (position < this.#length) this.#settle(position, this.#heap[this.#length]!)
  }

  /** Places a target whose cell is free at `start`: up as long as it comes before its parent, else down. */
  #settle(start: number, target: number): void {
    const heap = this.#heap
    const positions = this.#positions
    let position = start
    while (position > 0) {
      const parent = (position - 1) >>> 1
      const above = heap[parent]!
      if (!this.#before(target, above)) break
      heap[position] = above
      positions[above] = position
      position = parent
    }
    for (;;) {
      let child = 2 * position + 1
      if (child >= this.#length) break
      if (child + 1 < this.#length && this.#before(heap[child + 1]!, heap[child]!)) child += 1
      const below = heap[child]!
      if (!this.#before(below, target)) break
      heap[position] = below
      positions[below] = position
      position = child
    }
    heap[position] = target
    positions[target] = position
  }

  #before(a: number, b: number): boolean {
    const keys = this.#keys
    if (keys[a] !== keys[b]) return keys[a]! < keys[b]!
    const ties = this.#ties
    if (ties[a] !== ties[b]) return ties[a]! < ties[b]!
    return a < b
  }
}
