// Eviction of the entry whose last access is longest ago.

import { BoundedStore } from './bounded-store.ts'
import type { EvictionDefinition, EvictionPolicy } from './eviction.ts'

/** Number of the ring's sentinel: its neighbours are the most and the least recently used entry. Entry e is node e + 1. */
const SENTINEL = 0

/**
 * The exact order of last accesses: a ring of entries in a typed array, two words side by side per entry.
 *
 * Source: P. J. Denning, "The working set model for program behavior", Comm. ACM 11(5), 1968, review of paging
 * algorithms, "Least Recently Used": the page to be replaced is the one unreferenced for the longest time.
 * Differs from the source: none.
 */
class LruOrder implements EvictionPolicy {
  /** Towards less recent at 2 * node, towards more recent at 2 * node + 1. */
  #links = new Int32Array(2)

  grow(slots: number): void {
    const links = new Int32Array(2 * (slots + 1))
    links.set(this.#links)
    this.#links = links
  }

  inserted(entry: number): void {
    this.#linkFirst(entry + 1)
  }

  touched(entry: number): void {
    const node = entry + 1
    const links = this.#links
    if (links[2 * node + 1] === SENTINEL) return
    this.#unlink(node)
    this.#linkFirst(node)
  }

  removed(entry: number): void {
    this.#unlink(entry + 1)
  }

  victim(): number {
    return this.#links[2 * SENTINEL + 1]! - 1
  }

  cleared(): void {
    this.#links[2 * SENTINEL] = SENTINEL
    this.#links[2 * SENTINEL + 1] = SENTINEL
  }

  #linkFirst(node: number): void {
    const links = this.#links
    const first = links[2 * SENTINEL]!
    links[2 * node] = first
    links[2 * node + 1] = SENTINEL
    links[2 * first + 1] = node
    links[2 * SENTINEL] = node
  }

  #unlink(node: number): void {
    const links = this.#links
    const older = links[2 * node]!
    const newer = links[2 * node + 1]!
    links[2 * older + 1] = newer
    links[2 * newer] = older
  }
}

/** Least recently used. */
export const lru: EvictionDefinition = {
  id: 'lru',
  label: 'Least recently used',
  help: 'Evicts the entry whose last access is longest ago. A good default where recent keys are asked for again.',
  source:
    'P. J. Denning, "The working set model for program behavior", Comm. ACM 11(5), 1968, review of paging algorithms',
  differs: '',
  create: (options) => new BoundedStore(options, () => new LruOrder()),
}
