// Which values a tier takes: by population, by popularity and by size.
import { invariant } from '../../kernel/invariant.ts'
import type { PlanPopulation } from '../../model/plan-parts.ts'
import { amountOf } from '../../language/capacity-field.ts'
import type { KeySpace } from './key-space.ts'
import type { CacheTierSpec } from './tier.schema.ts'

type Accepts = NonNullable<CacheTierSpec['accepts']>

/** Whether a tier takes any keys of a population, by id. */
export function acceptsPopulation({ accepts }: Pick<CacheTierSpec, 'accepts'>, population: string): boolean {
  return accepts?.keys === undefined || accepts.keys.includes(population)
}

/** What one tier takes. */
export class TierPlacement {
  private readonly keys: KeySpace
  private readonly sizeMaxBytes: number
  /** By population of the plan: keys of lower ranks are taken. */
  private readonly ranks: readonly number[]

  /** @param populations of the plan, by index */
  constructor(accepts: Accepts, keys: KeySpace, populations: readonly PlanPopulation[]) {
    const { sizeBytes = Infinity, hottest } = accepts
    this.keys = keys
    this.sizeMaxBytes = sizeBytes
    this.ranks = populations.map(({ id, count }) => {
      if (!acceptsPopulation({ accepts }, id)) return 0
      return hottest === undefined ? count : Math.max(1, amountOf(hottest, count))
    })
  }

  /** Keys of a population from this rank on stay out. */
  ranksOf(population: number): number {
    const ranks = this.ranks[population]
    invariant(ranks !== undefined, 'a tier is asked for keys of a population of the plan')
    return ranks
  }

  /** Whether the value of a numbered key is taken. What the source lacks has no size to be judged by. */
  accepts(key: number): boolean {
    const { keys } = this
    const { base, population } = keys.rangeOf(key)
    if (key - base >= this.ranks[population]!) return false
    return this.sizeMaxBytes === Infinity || keys.isMissing(key) || keys.sizeBytes(key) <= this.sizeMaxBytes
  }
}
