// A ring of 32-bit points, each owned by a member: what consistent hashing looks keys up in.

/** Points in ascending order and who owns each. */
export class HashRing {
  /** Hash of each point, unsigned. */
  readonly points: Uint32Array
  /** Owner of each point. */
  readonly owners: Int32Array

  private constructor(points: Uint32Array, owners: Int32Array) {
    this.points = points
    this.owners = owners
  }

  /** Sorts the points; among equal hashes that which was given first stands first. */
  static of(hashes: readonly number[], owners: readonly number[]): HashRing {
    const order = Array.from(hashes.keys()).sort((a, b) => hashes[a]! - hashes[b]! || a - b)
    return new HashRing(
      Uint32Array.from(order, (place) => hashes[place]!),
      Int32Array.from(order, (place) => owners[place]!),
    )
  }

  /** The points of those owners only that are marked 1. */
  restrictedTo(marks: Uint8Array): HashRing {
    const isKept = (place: number): boolean => marks[this.owners[place]!] === 1
    return new HashRing(
      this.points.filter((_, place) => isKept(place)),
      this.owners.filter((_, place) => isKept(place)),
    )
  }

  /** Number of points. */
  get length(): number {
    return this.points.length
  }

  /** Place of the first point at or after a hash, 0 when the ring wraps around. */
  placeAtOrAfter(hash: number): number {
    const points = this.points
    let low = 0
    let high = points.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (points[middle]! < hash) low = middle + 1
      else high = middle
    }
    return low === points.length ? 0 : low
  }

  /** Owner of the first point at or after a hash. The ring has points. */
  ownerOf(hash: number): number {
    return this.owners[this.placeAtOrAfter(hash)]!
  }
}
