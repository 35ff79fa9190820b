// Doubly linked orders over entries in one typed array: what recency, insertion order and queues are kept in.

/**
 * Several rings over dense entry numbers; an entry is in at most one of them. Each ring has a sentinel node, whose
 * neighbours are the newest and the oldest member; ring r is node r, entry e is node e + number of rings. The two links
 * of a node lie side by side: 8 bytes per entry, one cache line per node. Every operation takes constant time.
 */
export class EntryRings {
  readonly #rings: number
  /** Towards the older at 2 * node, towards the newer at 2 * node + 1. */
  #links: Int32Array

  constructor(rings: number) {
    this.#rings = rings
    this.#links = new Int32Array(2 * rings)
    this.clear()
  }

  /** Makes room for entries up to `slots - 1`. */
  grow(slots: number): void {
    const links = new Int32Array(2 * (slots + this.#rings))
    links.set(this.#links)
    this.#links = links
  }

  /** Puts an entry that is in no ring at the newest end. */
  add(ring: number, entry: number): void {
    const links = this.#links
    const node = entry + this.#rings
    const newest = links[2 * ring]!
    links[2 * node] = newest
    links[2 * node + 1] = ring
    links[2 * newest + 1] = node
    links[2 * ring] = node
  }

  /** Takes an entry out of the ring that it is in. */
  delete(entry: number): void {
    const links = this.#links
    const node = entry + this.#rings
    const older = links[2 * node]!
    const newer = links[2 * node + 1]!
    links[2 * older + 1] = newer
    links[2 * newer] = older
  }

  /** Moves an entry of a ring to the newest end of that ring. */
  renew(ring: number, entry: number): void {
    const links = this.#links
    const node = entry + this.#rings
    const newer = links[2 * node + 1]!
    if (newer === ring) return
    const older = links[2 * node]!
    links[2 * older + 1] = newer
    links[2 * newer] = older
    const newest = links[2 * ring]!
    links[2 * node] = newest
    links[2 * node + 1] = ring
    links[2 * newest + 1] = node
    links[2 * ring] = node
  }

  /** The oldest entry of a ring; negative when it is empty. */
  oldest(ring: number): number {
    return this.#links[2 * ring + 1]! - this.#rings
  }

  /** The next newer entry of the same ring; negative when there is none. */
  newerThan(entry: number): number {
    return this.#links[2 * (entry + this.#rings) + 1]! - this.#rings
  }

  /** Empties every ring. */
  clear(): void {
    const links = this.#links
    for (let ring = 0; ring < this.#rings; ring++) {
      links[2 * ring] = ring
      links[2 * ring + 1] = ring
    }
  }
}
