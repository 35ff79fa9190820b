// The keys of one cache: several populations numbered one after the other, each key with its size.
import type { Sampler } from '../../distributions/distribution.ts'
import { createSampler } from '../../distributions/registry.ts'
import { fmix32 } from '../../kernel/fmix32.ts'
import { invariant } from '../../kernel/invariant.ts'
import { RandomStream } from '../../kernel/random.ts'
import type { PlanPopulation } from '../../model/plan-parts.ts'

/** Odd words that tell the four lanes of a key's state apart: the fractions of the square roots of 2, 3, 5 and 7. */
const LANES = Int32Array.of(0x6a09_e667, 0xbb67_ae85 | 0, 0x3c6e_f372 | 1, 0xa54f_f53b | 0)

/** Tells the hash that decides whether the source has a key from those of its size: the fraction of the square root of 11. */
const MISSING_LANE = 0x510e_527f

/** Keys of a population by popularity: tenths of them, the most popular first. */
export const DECILES = 10

/** Products with a rounded reciprocal may fall short of a whole number: this lifts them over it, and none of 2^31 others. */
const JUST_ABOVE_ONE = 1 + 2 ** -45

/** The sizes of a population's keys: the same key has the same size in every cache, run and replication. */
class KeySizes {
  private readonly state = new Int32Array(4)
  private readonly population: number
  private readonly sampler: Sampler
  /** The size of all keys, or 0 where they differ. */
  private readonly sameBytes: number

  constructor(population: number, { sizeBytes }: PlanPopulation) {
    this.population = population
    this.sameBytes = sizeBytes.type === 'constant' ? wholeBytes(sizeBytes.value) : 0
    this.sampler = createSampler(sizeBytes, new RandomStream(this.state))
  }

  /** At least one byte. The generator begins anew from a hash of the key, so it takes neither a table nor an order. */
  of(key: number): number {
    if (this.sameBytes > 0) return this.sameBytes
    const { state, population } = this
    for (let lane = 0; lane < 4; lane++) state[lane] = fmix32(fmix32(key ^ LANES[lane]!) ^ population)
    return wholeBytes(this.sampler.next())
  }
}

function wholeBytes(drawn: number): number {
  return Math.max(1, Math.round(drawn))
}

/** The numbers `base` to `base + count - 1`, which are the keys of a population. */
export interface KeyRange {
  /** Index of the population in the plan. */
  readonly population: number
  readonly base: number
  readonly count: number
  readonly sizes: KeySizes
  /** Keys whose hash is below it are not in the source. */
  readonly missingBelow: number
  /** Whether some keys are asked for more often than others. */
  readonly isRanked: boolean
  /** Tenths of the population that one key is. */
  readonly decilesPerKey: number
}

/** Dense numbers 0..universe-1 for the keys of the populations that a cache holds. */
export class KeySpace {
  private readonly populations: readonly PlanPopulation[]
  private readonly bases = new Map<number, number>()
  private readonly ranges: KeyRange[] = []
  private total = 0
  private lacksKeys = false

  /** @param populations of the plan, by index */
  constructor(populations: readonly PlanPopulation[]) {
    this.populations = populations
  }

  /** The populations added, in ascending order of their numbers. */
  get all(): readonly KeyRange[] {
    return this.ranges
  }

  /** Number of keys of all populations added so far. */
  get universe(): number {
    return this.total
  }

  /** Adds a population, by index, unless it was added before; answers the number of its key 0. */
  add(population: number): number {
    const known = this.bases.get(population)
    if (known !== undefined) return known
    const added = this.populations[population]
    invariant(added !== undefined, 'a cache holds keys of a population of the plan')
    const base = this.total
    this.bases.set(population, base)
    const { count, exponent, missingRatio = 0 } = added
    const missingBelow = missingRatio * 2 ** 32
    const sizes = new KeySizes(population, added)
    const decilesPerKey = (DECILES / count) * JUST_ABOVE_ONE
    this.ranges.push({ population, base, count, sizes, missingBelow, isRanked: exponent > 0, decilesPerKey })
    this.total += count
    this.lacksKeys ||= missingRatio > 0
    return base
  }

  /** Whether the source has nothing under a numbered key: the same for every cache, run and replication. */
  isMissing(key: number): boolean {
    if (!this.lacksKeys) return false
    const { base, population, missingBelow } = this.rangeOf(key)
    return fmix32(fmix32((key - base) ^ MISSING_LANE) ^ population) >>> 0 < missingBelow
  }

  /** The tenth of its population, by popularity, that a numbered key belongs to; 0 is the most popular one. */
  decileOf(key: number): number {
    const { base, decilesPerKey } = this.rangeOf(key)
    return Math.floor((key - base) * decilesPerKey)
  }

  /** Size in bytes of the value of a numbered key. */
  sizeBytes(key: number): number {
    const { sizes, base } = this.rangeOf(key)
    return sizes.of(key - base)
  }

  /** The population that a numbered key belongs to. */
  rangeOf(key: number): KeyRange {
    const { ranges } = this
    let at = ranges.length - 1
    while (ranges[at]!.base > key) at--
    return ranges[at]!
  }
}
