// Entries by how often they were accessed, each change in constant time: the order behind least frequently used.

import { grownInt32 } from './grown-array.ts'

const NONE = -1

/** Classes beyond one per entry: a new one is made before the one that it empties is given back. */
const SPARE_CLASSES = 1

/**
 * Entries in classes of equal frequency, classes in a list by ascending frequency, entries of a class by when they
 * entered it. 32 bytes per entry.
 *
 * Source: K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010,
 * section 4: a doubly linked list of frequency nodes, each with a doubly linked list of its entries.
 * Differs from the source: typed arrays instead of objects; an entry alone in its class takes the class along with it.
 */
export class FrequencyOrder {
  /** Node of entry e is 2e, of class c 2c + 1; towards the older at 2 * node, towards the newer at 2 * node + 1. */
  #links = new Int32Array(4 * SPARE_CLASSES)
  /** Class of each entry. */
  #classes = new Int32Array(0)
  #frequencies = new Int32Array(SPARE_CLASSES)
  /** Next lower and next higher class of class c at 2c and 2c + 1; of a free class the next free one at 2c. */
  #neighbours = Int32Array.of(NONE, NONE)
  #lowest = NONE
  #firstFree = 0

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    const present = this.#frequencies.length
    const classes = slots + SPARE_CLASSES
    this.#links = grownInt32(this.#links, 4 * classes)
    this.#classes = grownInt32(this.#classes, slots)
    this.#frequencies = grownInt32(this.#frequencies, classes)
    this.#neighbours = grownInt32(this.#neighbours, 2 * classes)
    for (let each = classes - 1; each >= present; each--) this.#free(each)
  }

  /** An entry enters with frequency 1. */
  add(entry: number): void {
    const lowest = this.#lowest
    const first = lowest !== NONE && this.#frequencies[lowest] === 1 ? lowest : this.#createClass(1, NONE, lowest)
    this.#join(entry, first)
  }

  /** The entry was accessed once more: it becomes the newest of the next frequency. */
  increase(entry: number): void {
    const links = this.#links
    const from = this.#classes[entry]!
    const frequency = this.#frequencies[from]! + 1
    const higher = this.#neighbours[2 * from + 1]!
    const exists = higher !== NONE && this.#frequencies[higher] === frequency
    if (!exists && links[4 * from + 2] === links[4 * from + 3]) {
      this.#frequencies[from] = frequency
      return
    }
    this.#unlink(entry)
    this.#join(entry, exists ? higher : this.#createClass(frequency, from, higher))
    this.#dropIfEmpty(from)
  }

  /** Takes an entry out; its frequency is forgotten. */
  delete(entry: number): void {
    this.#unlink(entry)
    this.#dropIfEmpty(this.#classes[entry]!)
  }

  /** The entry that has been longest in the class of the lowest frequency. Something must be there. */
  leastFrequent(): number {
    return this.#links[4 * this.#lowest + 3]! >> 1
  }

  /** Takes everything out. */
  clear(): void {
    this.#lowest = NONE
    this.#firstFree = NONE
    for (let each = this.#frequencies.length - 1; each >= 0; each--) this.#free(each)
  }

  #join(entry: number, into: number): void {
    const links = this.#links
    const node = 2 * entry
    const sentinel = 2 * into + 1
    const newest = links[2 * sentinel]!
    links[2 * node] = newest
    links[2 * node + 1] = sentinel
    links[2 * newest + 1] = node
    links[2 * sentinel] = node
    this.#classes[entry] = into
  }

  #unlink(entry: number): void {
    const links = this.#links
    const older = links[4 * entry]!
    const newer = links[4 * entry + 1]!
    links[2 * older + 1] = newer
    links[2 * newer] = older
  }

  #createClass(frequency: number, lower: number, higher: number): number {
    const neighbours = this.#neighbours
    const created = this.#firstFree
    this.#firstFree = neighbours[2 * created]!
    this.#frequencies[created] = frequency
    const sentinel = 2 * created + 1
    this.#links[2 * sentinel] = sentinel
    this.#links[2 * sentinel + 1] = sentinel
    neighbours[2 * created] = lower
    neighbours[2 * created + 1] = higher
    if (lower !== NONE) neighbours[2 * lower + 1] = created
    else this.#lowest = created
    if (higher !== NONE) neighbours[2 * higher] = created
    return created
  }

  #dropIfEmpty(emptied: number): void {
    if (this.#links[4 * emptied + 2] !== 2 * emptied + 1) return
    const neighbours = this.#neighbours
    const lower = neighbours[2 * emptied]!
    const higher = neighbours[2 * emptied + 1]!
    if (lower !== NONE) neighbours[2 * lower + 1] = higher
    else this.#lowest = higher
    if (higher !== NONE) neighbours[2 * higher] = lower
    this.#free(emptied)
  }

  #free(each: number): void {
    this.#neighbours[2 * each] = this.#firstFree
    this.#firstFree = each
  }
}
