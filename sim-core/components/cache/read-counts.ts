// Reads of a cache, each counted once: answered by a tier, or by the steps of its miss; by the popularity of their keys.
import type { ModelContext } from '../../model/model.ts'
import type { KeySpace } from './key-space.ts'
import { DECILES } from './key-space.ts'

/** What came of the reads of one cache. */
export class ReadCounts {
  private readonly keys: KeySpace
  private readonly hitsByDecile = new Float64Array(DECILES)
  private readonly missesByDecile = new Float64Array(DECILES)

  constructor(keys: KeySpace) {
    this.keys = keys
  }

  /** A tier had the numbered key. */
  hit(key: number): void {
    const decile = this.keys.decileOf(key)
    this.hitsByDecile[decile] = this.hitsByDecile[decile]! + 1
  }

  /** No tier had it. */
  miss(key: number): void {
    const decile = this.keys.decileOf(key)
    this.missesByDecile[decile] = this.missesByDecile[decile]! + 1
  }

  get hits(): number {
    return this.hitsByDecile.reduce((sum, count) => sum + count, 0)
  }

  get misses(): number {
    return this.missesByDecile.reduce((sum, count) => sum + count, 0)
  }

  /** Shows each tenth of the keys by itself, `decile_1` being the most popular one; for keys that differ in popularity. */
  declareDeciles({ recorder, id }: ModelContext): void {
    for (let decile = 0; decile < DECILES; decile++) {
      const name = `decile_${decile + 1}`
      recorder.term(id, `${name}.ranked_hits`, 'reads', () => this.hitsByDecile[decile]!)
      recorder.term(id, `${name}.ranked_misses`, 'reads', () => this.missesByDecile[decile]!)
    }
  }
}
