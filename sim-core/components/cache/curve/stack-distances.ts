// The hits of LRU at every capacity at once, from one pass over a trace.

/** Places of the tree beyond the keys that are known: when they are used up, the places are closed up. */
const SPARE_PLACES = 1 << 16

/**
 * Hits of an LRU cache over a trace, at every capacity in entries: [capacity] for 0 to universe.
 *
 * Source: R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage hierarchies", IBM Systems
 * Journal 9(2), 1970, section "Stack processing": an access hits at every capacity of at least its stack distance, the
 * number of distinct keys asked for since the last request for the same key, itself included. Distances are counted as in
 * F. Olken, "Efficient methods for calculating the success function of fixed space replacement policies", LBL-12370, 1981:
 * a tree holds one mark per key, at its last access, and the distance is the number of marks from there on.
 * Differs from the source: the tree is that of P. M. Fenwick, "A new data structure for cumulative frequency tables",
 * Software: Practice and Experience 24(3), 1994, over recent accesses; old places are closed up when it is full.
 * Time O(n log universe), memory 20 bytes per key.
 * @param keys each 0..universe-1
 */
export function lruHits(keys: Int32Array, universe: number): Float64Array {
  const counts = new Float64Array(universe + 1)
  const marks = new RecencyMarks(universe)
  for (let at = 0; at < keys.length; at++) {
    const distance = marks.access(keys[at]!)
    if (distance > 0) counts[distance] = counts[distance]! + 1
  }
  for (let capacity = 1; capacity <= universe; capacity++) counts[capacity] = counts[capacity]! + counts[capacity - 1]!
  return counts
}

/** One mark per key at the place of its last access, counted by a Fenwick tree. */
class RecencyMarks {
  readonly #tree: Int32Array
  /** Key marked at each place, 1-based; of a place that its key has left, what it was. */
  readonly #keyAt: Int32Array
  /** Place of each key, 0 when it was not asked for yet. */
  readonly #placeOf: Int32Array
  #last = 0
  #marked = 0

  constructor(universe: number) {
    const places = 2 * universe + SPARE_PLACES
    this.#tree = new Int32Array(places + 1)
    this.#keyAt = new Int32Array(places + 1)
    this.#placeOf = new Int32Array(universe)
  }

  /** Moves the mark of a key to the newest place; its stack distance, or 0 for the first access. */
  access(key: number): number {
    const before = this.#placeOf[key]!
    if (before > 0 && before === this.#last) return 1
    let distance = 0
    if (before > 0) {
      distance = this.#marked - this.#sum(before) + 1
      this.#change(before, -1)
    } else this.#marked += 1
    this.#placeOf[key] = 0
    if (this.#last === this.#tree.length - 1) this.#closeUp()
    this.#last += 1
    this.#keyAt[this.#last] = key
    this.#placeOf[key] = this.#last
    this.#change(this.#last, 1)
    return distance
  }

  /** Marks at places up to `place`. */
  #sum(place: number): number {
    const tree = this.#tree
    let sum = 0
    for (let at = place; at > 0; at &= at - 1) sum += tree[at]!
    return sum
  }

  #change(place: number, by: number): void {
    const tree = this.#tree
    for (let at = place; at < tree.length; at += at & -at) tree[at] = tree[at]! + by
  }

  /** Marks move to the first places, in their order, and the tree is built anew. */
  #closeUp(): void {
    const tree = this.#tree
    let marked = 0
    for (let place = 1; place <= this.#last; place++) {
      const key = this.#keyAt[place]!
      if (this.#placeOf[key] !== place) continue
      marked += 1
      this.#keyAt[marked] = key
      this.#placeOf[key] = marked
    }
    for (let place = 1; place < tree.length; place++) tree[place] = place <= marked ? 1 : 0
    for (let place = 1; place < tree.length; place++) {
      const above = place + (place & -place)
      if (above < tree.length) tree[above] = tree[above]! + tree[place]!
    }
    this.#last = marked
  }
}
