// A bare LRU over dense keys, and a bare alias table of Zipf popularity.

/** Least recently used, as three arrays by key. */
export class BareLru {
  private readonly newer: Int32Array
  private readonly older: Int32Array
  private readonly present: Uint8Array
  private readonly capacity: number
  private length = 0
  private first = -1
  private last = -1

  constructor(keys: number, capacity: number) {
    this.newer = new Int32Array(keys)
    this.older = new Int32Array(keys)
    this.present = new Uint8Array(keys)
    this.capacity = capacity
  }

  lookUp(key: number): boolean {
    if (this.present[key] === 0) return false
    if (key !== this.first) {
      this.unlink(key)
      this.linkFirst(key)
    }
    return true
  }

  insert(key: number): void {
    if (this.lookUp(key)) return
    if (this.length === this.capacity) {
      this.present[this.last] = 0
      this.unlink(this.last)
    } else this.length++
    this.present[key] = 1
    this.linkFirst(key)
  }

  private linkFirst(key: number): void {
    this.newer[key] = -1
    this.older[key] = this.first
    if (this.first >= 0) this.newer[this.first] = key
    else this.last = key
    this.first = key
  }

  private unlink(key: number): void {
    const newer = this.newer[key]!
    const older = this.older[key]!
    if (newer >= 0) this.older[newer] = older
    else this.first = older
    if (older >= 0) this.newer[older] = newer
    else this.last = newer
  }
}

/** [keys x 2]: threshold and alias of each column, for popularity 1 / rank. */
export function bareZipfTable(keys: number): Uint32Array {
  const mass = new Float64Array(keys)
  let total = 0
  for (let i = 0; i < keys; i++) total += mass[i] = 1 / (i + 1)
  const low: number[] = []
  const high: number[] = []
  const table = new Uint32Array(2 * keys)
  for (let i = 0; i < keys; i++) {
    mass[i] = (mass[i]! * keys) / total
    table[2 * i] = 0xffff_ffff
    table[2 * i + 1] = i
    if (mass[i]! < 1) low.push(i)
    else high.push(i)
  }
  while (low.length > 0 && high.length > 0) {
    const small = low.pop()!
    const large = high.at(-1)!
    table[2 * small] = Math.min(0xffff_ffff, mass[small]! * 2 ** 32)
    table[2 * small + 1] = large
    mass[large] = mass[large]! - (1 - mass[small]!)
    if (mass[large] < 1) low.push(high.pop()!)
  }
  return table
}
