// One number for each entry of the stores of a tier, beside what the stores themselves keep.
import { grownFloat64 } from './eviction/grown-array.ts'

/** Entries made room for at first in each part; doubled as entries with higher numbers come. */
const ENTRIES_AT_FIRST = 1024

/** A number by part and entry, 0 until it is set. Whoever puts an entry in sets it, so nothing is forgotten on removal. */
export class EntryColumn {
  private readonly parts: Float64Array[] = []

  get(part: number, entry: number): number {
    return this.parts[part]?.[entry] ?? 0
  }

  set(part: number, entry: number, value: number): void {
    while (this.parts.length <= part) this.parts.push(new Float64Array(0))
    let values = this.parts[part]!
    if (entry >= values.length) {
      values = grownFloat64(values, Math.max(ENTRIES_AT_FIRST, 2 * values.length, entry + 1))
      this.parts[part] = values
    }
    values[entry] = value
  }
}
