// A ring of 64-bit points, each owned by a member, in halves of 32 bits so that lookups need no big integers.

const TWO_POW_32_BITS = 32n

/** Points in ascending order and who owns each. */
export class HashRing64 {
  private readonly highs: Uint32Array
  private readonly lows: Uint32Array
  /** Owner of each point. */
  readonly owners: Int32Array

  /** Sorts the points; among equal hashes that which was given first stands first. */
  constructor(hashes: readonly bigint[], owners: readonly number[]) {
    const order = Array.from(hashes.keys()).sort((a, b) => compare(hashes[a]!, hashes[b]!) || a - b)
    this.highs = Uint32Array.from(order, (place) => Number(hashes[place]! >> TWO_POW_32_BITS))
    this.lows = Uint32Array.from(order, (place) => Number(BigInt.asUintN(32, hashes[place]!)))
    this.owners = Int32Array.from(order, (place) => owners[place]!)
  }

  /** Number of points. */
  get length(): number {
    return this.owners.length
  }

  /** Hash of a point. */
  point(place: number): bigint {
    return (BigInt(this.highs[place]!) << TWO_POW_32_BITS) | BigInt(this.lows[place]!)
  }

  /** Owner of the first point at or after the hash, the ring wrapping around. The ring has points. */
  ownerOf(high: number, low: number): number {
    const { highs, lows } = this
    let from = 0
    let to = highs.length
    while (from < to) {
      const middle = (from + to) >>> 1
      const word = highs[middle]!
      if (word < high || (word === high && lows[middle]! < low)) from = middle + 1
      else to = middle
    }
    return this.owners[from === highs.length ? 0 : from]!
  }
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
